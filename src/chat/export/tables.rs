//! Cards as tables.

use serde_json::Value;

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// What it is about; may be empty.
    pub(super) title: String,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) link: Option<String>,
}

impl Cell {
    pub(super) fn text(text: String) -> Self {
        Self { text, link: None }
    }

    pub(super) fn link(text: &str, link: String) -> Self {
        Self { text: text.to_owned(), link: Some(link) }
    }
}

/// What every row of a list tells: the name in the row, and in the table.
const ROW: [(&str, &str); 6] = [
    ("summary", "Summary"),
    ("issue_type", "Type"),
    ("status", "Status"),
    ("priority", "Priority"),
    ("due", "Due"),
    ("updated", "Updated"),
];

/// The tables in these cards; a part of a report gives its title to each of its own.
pub(super) fn of_cards(cards: &[Value]) -> Vec<Table> {
    let mut tables = Vec::new();
    for card in cards {
        if card["kind"] != "section" {
            tables.extend(of_card(card));
            continue;
        }
        for inner in list(&card["cards"]) {
            tables.extend(of_card(inner).map(|table| Table { title: text(&card["title"]), ..table }));
        }
    }
    tables
}

fn of_card(card: &Value) -> Option<Table> {
    let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect();
    let (header, rows) = match card["kind"].as_str()? {
        "issues" => issues(card),
        "figures" => (names(&["Figure", "Value", "JQL"]), rows(&card["figures"], &["name", "value", "jql"])),
        "groups" => {
            let mut all = rows(&card["groups"], &["name", "count", "jql"]);
            if card["others"] != 0 {
                all.push(vec![Cell::text("Others".to_owned()), Cell::text(text(&card["others"]))]);
            }
            (vec![text(&card["field"]), "Issues".to_owned(), "JQL".to_owned()], all)
        }
        "chart" => chart(card),
        "sentence" => (names(&["Note"]), vec![vec![Cell::text(text(&card["message"]))]]),
        "failed" => (names(&["Not to be had"]), vec![vec![Cell::text(text(&card["error"]["message"]))]]),
        _ => return None,
    };
    Some(Table { title: String::new(), header, rows })
}

fn issues(card: &Value) -> (Vec<String>, Vec<Vec<Cell>>) {
    let own = list(&card["columns"]).iter().map(|column| text(&column["name"]));
    let usual = ROW.iter().map(|(_, name)| (*name).to_owned());
    let header = ["Key".to_owned(), "Assignee".to_owned()].into_iter().chain(usual).chain(own).collect();
    let row = |issue: &Value| {
        let key = issue["key"].as_str().unwrap_or_default();
        let first = [Cell::link(key, text(&issue["url"])), Cell::text(text(&issue["assignee"]["name"]))];
        let usual = ROW.iter().map(|(name, _)| text(&issue[*name]));
        let own = list(&issue["cells"]).iter().map(text);
        first.into_iter().chain(usual.chain(own).map(Cell::text)).collect()
    };
    (header, list(&card["issues"]).iter().map(row).collect())
}

fn chart(card: &Value) -> (Vec<String>, Vec<Vec<Cell>>) {
    let series = list(&card["series"]).iter().map(|series| text(&series["name"]));
    let header = ["From".to_owned(), "To".to_owned()].into_iter().chain(series).collect();
    let row = |span: &Value| {
        let counts = list(&span["counts"]).iter().map(text);
        [text(&span["from"]), text(&span["to"])].into_iter().chain(counts).map(Cell::text).collect()
    };
    (header, list(&card["spans"]).iter().map(row).collect())
}

fn rows(all: &Value, names: &[&str]) -> Vec<Vec<Cell>> {
    list(all).iter().map(|one| names.iter().map(|name| Cell::text(text(&one[*name]))).collect()).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn flat(table: &Table) -> Vec<Vec<&str>> {
        table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn the_parts_of_a_report_are_tables_with_its_titles() {
        let figures = json!({"kind": "figures", "figures": [{"name": "Done", "value": "3", "jql": "a = 1"}]});
        let failed = json!({"kind": "failed", "error": {"message": "No."}});
        let count = json!({"kind": "count", "count": 3});
        let cards = [json!({"kind": "section", "title": "Sprint 7", "cards": [count, figures, failed]})];
        let tables = of_cards(&cards);
        assert_eq!(tables.len(), 2);
        assert_eq!((tables[0].title.as_str(), flat(&tables[0])), ("Sprint 7", vec![vec!["Done", "3", "a = 1"]]));
        assert_eq!(flat(&tables[1]), [["No."]]);
    }

    #[test]
    fn groups_and_charts_are_tables_too() {
        let groups = json!({"kind": "groups", "field": "Status", "others": 2, "groups": [{"name": "Open", "count": 3, "jql": "j"}]});
        let chart = json!({"kind": "chart", "series": [{"name": "Created"}], "spans": [{"from": "a", "to": "b", "counts": [4]}]});
        let tables = of_cards(&[groups, chart]);
        assert_eq!(flat(&tables[0]), [vec!["Open", "3", "j"], vec!["Others", "2"]]);
        assert_eq!(
            (tables[1].header.join(" "), flat(&tables[1])),
            ("From To Created".into(), vec![vec!["a", "b", "4"]])
        );
    }
}
