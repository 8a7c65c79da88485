#![doc = include_str!("wiki.md")]

mod inlines;
mod lines;
mod macros;
mod write;
mod write_inlines;

pub use macros::read;
pub use write::write;

/// The signs that begin and end marks, each with the class of marks it stands for.
const SIGNS: [(&str, u8); 7] = {
    use super::document::Marks;
    [
        ("*", Marks::STRONG),
        ("_", Marks::EM),
        ("-", Marks::STRIKE),
        ("+", Marks::UNDERLINE),
        ("^", Marks::SUP),
        ("~", Marks::SUB),
        ("??", Marks::EM),
    ]
};

/// Characters that Jira shows as a small picture.
const PICTURES: [&str; 20] = [
    "(/)", "(x)", "(!)", "(+)", "(-)", "(?)", "(*)", "(i)", "(y)", "(n)", "(on)", "(off)", "(*r)", "(*g)", "(*b)",
    "(*y)", ":)", ":(", ":D", ";)",
];
