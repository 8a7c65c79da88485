//! Tables as comma-separated values (RFC 4180).

use super::tables::Table;

/// One table below the other, with an empty line between.
pub(super) fn write(tables: &[Table]) -> String {
    let mut out = String::new();
    for (at, table) in tables.iter().enumerate() {
        if at > 0 {
            out.push_str("\r\n");
        }
        if !table.title.is_empty() {
            line(&mut out, std::iter::once(table.title.as_str()));
        }
        line(&mut out, table.header.iter().map(String::as_str));
        for row in &table.rows {
            line(&mut out, row.iter().map(|cell| cell.text.as_str()));
        }
    }
    out
}

fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_cell(out, cell);
    }
    out.push_str("\r\n");
}

/// Spreadsheets take a text that begins so for a formula, also one in quotes, and some also the wide forms of the signs. An
/// apostrophe makes it a text again.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn write_cell(out: &mut String, cell: &str) {
    let defused = if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() };
    let plain = !defused.contains([',', '"', '\r', '\n', ';', '\t']) && defused.trim() == defused;
    if plain {
        out.push_str(&defused);
        return;
    }
    out.push('"');
    out.push_str(&defused.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::super::tables::Cell;
    use super::*;

    fn of(cells: &[&str]) -> String {
        let rows = vec![cells.iter().map(|cell| Cell::text((*cell).to_owned())).collect()];
        let header = cells.iter().map(|_| "h".to_owned()).collect();
        let text = write(&[Table { title: String::new(), header, rows }]);
        text.split_once("\r\n").unwrap().1.to_owned()
    }

    #[test]
    fn lines_end_and_quotes_are_doubled_as_the_standard_has_it() {
        assert_eq!(of(&["a", "b c", ""]), "a,b c,\r\n");
        assert_eq!(
            of(&["a,b", "say \"hi\"", "two\nlines", " x"]),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\" x\"\r\n"
        );
    }

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        for evil in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "=cmd|' /C calc'!A0", "＝1", "=1,\"2\""] {
            let written = of(&[evil]);
            assert!(written.starts_with('\'') || written.starts_with("\"'"), "{written}");
        }
        assert_eq!(of(&["a=b", "1-2"]), "a=b,1-2\r\n", "within a text they are harmless");
    }

    #[test]
    fn several_tables_stand_below_each_other_with_their_titles() {
        let table = |title: &str| Table { title: title.into(), header: vec!["h".into()], rows: vec![] };
        assert_eq!(write(&[table("One"), table("Two")]), "One\r\nh\r\n\r\nTwo\r\nh\r\n");
    }
}
