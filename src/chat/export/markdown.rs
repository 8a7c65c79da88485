//! Tables in Markdown (the tables of GitHub's flavour).

use super::tables::{Cell, Table};

/// One table below the other, each under its title.
pub(super) fn write(tables: &[Table]) -> String {
    let mut out = String::new();
    for (at, table) in tables.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if !table.title.is_empty() {
            out.push_str(&format!("## {}\n\n", escaped(&table.title)));
        }
        row(&mut out, table.header.iter().map(|name| escaped(name)));
        row(&mut out, table.header.iter().map(|_| "---".to_owned()));
        for cells in &table.rows {
            row(&mut out, cells.iter().map(cell));
        }
    }
    out
}

fn row(out: &mut String, cells: impl Iterator<Item = String>) {
    out.push('|');
    for cell in cells {
        out.push(' ');
        out.push_str(&cell);
        out.push_str(" |");
    }
    out.push('\n');
}

fn cell(cell: &Cell) -> String {
    match &cell.link {
        Some(link) => format!("[{}](<{}>)", escaped(&cell.text), link.replace(['<', '>', '\n', '|'], "")),
        None => escaped(&cell.text),
    }
}

/// A text in which nothing is a sign: no emphasis, no link, no HTML, no cell that ends early. Line ends become blanks.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.trim().chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '~' | '&' | '$' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_taken_for_markup_and_no_cell_ends_early() {
        let rows =
            vec![vec![Cell::link("A-1", "https://x.example/A-1".into()), Cell::text("a | <b>*c*</b>\n[d](e)".into())]];
        let text = write(&[Table { title: "T".into(), header: vec!["Key".into(), "Summary".into()], rows }]);
        assert_eq!(
            text,
            "## T\n\n| Key | Summary |\n| --- | --- |\n| [A-1](<https://x.example/A-1>) | a \\| \\<b\\>\\*c\\*\\</b\\> \\[d\\](e) |\n"
        );
    }
}
