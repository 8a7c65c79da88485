//! Programs without their comments and strings, so that a rule about code is not broken by words about it.

/// Walks over characters and writes what is kept; everything else becomes blanks, line ends stay.
struct Eraser {
    from: Vec<char>,
    at: usize,
    kept: String,
}

impl Eraser {
    fn new(text: &str) -> Self {
        Self { from: text.chars().collect(), at: 0, kept: String::with_capacity(text.len()) }
    }

    fn peek(&self, ahead: usize) -> char {
        self.from.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn starts(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(ahead, char)| self.peek(ahead) == char)
    }

    fn done(&self) -> bool {
        self.at >= self.from.len()
    }

    fn keep(&mut self) {
        self.kept.push(self.peek(0));
        self.at += 1;
    }

    fn blank(&mut self, count: usize) {
        for _ in 0..count {
            if !self.done() {
                self.kept.push(if self.peek(0) == '\n' { '\n' } else { ' ' });
                self.at += 1;
            }
        }
    }

    fn blank_until(&mut self, end: &str) {
        while !self.done() && !self.starts(end) {
            self.blank(1);
        }
        self.blank(end.chars().count());
    }

    /// A quoted text with backslash escapes, from its opening quote on.
    fn blank_quoted(&mut self, quote: char) {
        self.blank(1);
        while !self.done() && self.peek(0) != quote {
            self.blank(if self.peek(0) == '\\' { 2 } else { 1 });
        }
        self.blank(1);
    }

    fn last_kept(&self) -> char {
        self.kept.chars().rev().find(|char| !char.is_whitespace()).unwrap_or('\0')
    }

    fn in_word(&self) -> bool {
        self.kept.chars().next_back().is_some_and(|char| char.is_alphanumeric() || char == '_')
    }
}

/// Rust without comments, strings and characters.
pub(super) fn rust(text: &str) -> String {
    let mut eraser = Eraser::new(text);
    while !eraser.done() {
        if eraser.starts("//") {
            eraser.blank_until("\n");
        } else if eraser.starts("/*") {
            nested_comment(&mut eraser);
        } else if let Some(hashes) = raw_string(&eraser) {
            let end = format!("\"{}", "#".repeat(hashes));
            eraser.blank(2 + hashes);
            eraser.blank_until(&end);
        } else if eraser.peek(0) == '"' {
            eraser.blank_quoted('"');
        } else if eraser.peek(0) == '\'' && (eraser.peek(1) == '\\' || eraser.peek(2) == '\'') {
            eraser.blank_quoted('\''); // a character; a lifetime has no second quote
        } else {
            eraser.keep();
        }
    }
    eraser.kept
}

fn nested_comment(eraser: &mut Eraser) {
    let mut depth = 0_u32;
    loop {
        if eraser.starts("/*") {
            depth += 1;
            eraser.blank(2);
        } else if eraser.starts("*/") {
            depth -= 1;
            eraser.blank(2);
        } else {
            eraser.blank(1);
        }
        if depth == 0 || eraser.done() {
            return;
        }
    }
}

/// How many `#` the raw string that starts here has; none starts here: `None`.
fn raw_string(eraser: &Eraser) -> Option<usize> {
    if eraser.peek(0) != 'r' || (eraser.in_word() && eraser.last_kept() != 'b') {
        return None;
    }
    let hashes = (1..).take_while(|ahead| eraser.peek(*ahead) == '#').count();
    (eraser.peek(1 + hashes) == '"').then_some(hashes)
}

/// JavaScript without comments, strings, templates (with what they embed) and regular expressions.
pub(super) fn javascript(text: &str) -> String {
    let mut eraser = Eraser::new(text);
    while !eraser.done() {
        match eraser.peek(0) {
            '/' if eraser.starts("//") => eraser.blank_until("\n"),
            '/' if eraser.starts("/*") => eraser.blank_until("*/"),
            '/' if regex_may_start(&eraser) => regex(&mut eraser),
            quote @ ('"' | '\'') => eraser.blank_quoted(quote),
            '`' => template(&mut eraser),
            _ => eraser.keep(),
        }
    }
    eraser.kept
}

/// A slash divides after a value and opens a regular expression after anything else.
fn regex_may_start(eraser: &Eraser) -> bool {
    let last = eraser.last_kept();
    let word: String = eraser.kept.trim_end().chars().rev().take_while(|char| char.is_alphanumeric()).collect();
    let word: String = word.chars().rev().collect();
    ["return", "typeof", "case"].contains(&word.as_str()) || !(last.is_alphanumeric() || "_$)]}".contains(last))
}

fn regex(eraser: &mut Eraser) {
    eraser.blank(1);
    let mut in_class = false;
    while !eraser.done() && (in_class || eraser.peek(0) != '/') {
        match eraser.peek(0) {
            '\\' => eraser.blank(1),
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        eraser.blank(1);
    }
    eraser.blank(1);
}

fn template(eraser: &mut Eraser) {
    let mut depth = 0_u32;
    eraser.blank(1);
    while !eraser.done() && (depth > 0 || eraser.peek(0) != '`') {
        match eraser.peek(0) {
            '\\' => eraser.blank(1),
            '$' if eraser.peek(1) == '{' => {
                depth += 1;
                eraser.blank(1);
            }
            '{' if depth > 0 => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '`' => {
                template(eraser);
                continue;
            }
            _ => {}
        }
        eraser.blank(1);
    }
    eraser.blank(1);
}

/// The words (identifiers) of a line or a program.
pub(super) fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|char: char| !(char.is_alphanumeric() || char == '_')).filter(|word| !word.is_empty())
}

#[test]
fn rust_loses_comments_and_texts_and_keeps_its_lines() {
    let code = rust("let a = 'x'; // b\n/* c /* d */ e */ f::<'g>(r#\"h\"i\"#, \"j\\\"k\", b'\\'')\nl");
    assert_eq!(words(&code).collect::<Vec<_>>(), ["let", "a", "f", "g", "b", "l"]);
    assert_eq!(code.lines().count(), 3);
}

#[test]
fn javascript_loses_comments_and_texts_and_keeps_its_lines() {
    let code = javascript("a = `b ${c({d: `e`})} f`; /* g\n*/ h(/[/'\"]i/, 'j') / k / l; return /m{/ // n\no");
    assert_eq!(words(&code).collect::<Vec<_>>(), ["a", "h", "k", "l", "return", "o"]);
    assert_eq!(code.lines().count(), 3);
}
