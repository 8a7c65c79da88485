use super::{Paint, pieces};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn painted(text: &str) -> String {
    let letter = |paint| match paint {
        Paint::Keyword => 'k',
        Paint::Operator => 'o',
        Paint::Field => 'f',
        Paint::Function => 'c',
        Paint::Value => 'v',
        Paint::Wrong => '!',
    };
    pieces(text).into_iter().map(|(.., paint)| letter(paint)).collect()
}

#[test]
fn the_pieces_of_a_query_are_told_apart() {
    for (text, said) in [
        ("", ""),
        ("project = MOB", "fov"),
        ("NOT (a = b OR \"c d\" in (1, 'two')) and e = f()", "kfovkfovvkfoc"),
        ("status WAS NOT IN (Open) AFTER startOfDay()", "fokovkc"),
        ("a is empty order by b desc, c", "fokkkfkf"),
        ("priority changed by maria", "fokv"),
        ("a = b c", "fovv"),
        ("proj", "f"),
        ("a = \"unfinis", "fov"),
        ("a = ? and select = 1", "fo!k!ov"),
    ] {
        assert_eq!(painted(text), said, "{text}");
    }
}

#[test]
fn pieces_lie_behind_each_other_in_any_text() {
    let text = "ä = (\"ö€\" , 😀) ORDER by , ) ! x[1].y \\u00";
    let mut before = 0;
    for (start, end, _) in pieces(text) {
        assert!(before <= start && start < end && text.get(start..end).is_some());
        before = end;
    }
}
