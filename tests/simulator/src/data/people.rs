//! The people of Harborline.

use super::dice::Dice;
use super::model::User;

/// Given name, family name, whether they still work here, and the projects they work in (most of their time first).
pub(crate) struct Person {
    pub(crate) given: &'static str,
    pub(crate) family: &'static str,
    pub(crate) active: bool,
    pub(crate) projects: &'static [&'static str],
}

const fn person(given: &'static str, family: &'static str, projects: &'static [&'static str]) -> Person {
    Person { given, family, active: true, projects }
}

const fn left(given: &'static str, family: &'static str, projects: &'static [&'static str]) -> Person {
    Person { given, family, active: false, projects }
}

/// Everybody. The first is the default person. Three given names are shared by two people.
pub(crate) const PEOPLE: [Person; 40] = [
    person("Nora", "Berg", &["MOB", "WEB"]),
    person("Mateusz", "Wójcik", &["MOB"]),
    person("Aino", "Laine", &["MOB"]),
    person("Deniz", "Yılmaz", &["MOB"]),
    person("Hugo", "Almeida", &["MOB"]),
    person("Freya", "Sinclair", &["MOB"]),
    person("Tomás", "Rey", &["MOB", "WEB"]),
    person("Ingrid", "Solheim", &["WEB"]),
    person("Maria", "Rossi", &["WEB"]),
    person("Kwame", "Boateng", &["WEB"]),
    person("Léa", "Moreau", &["WEB"]),
    person("Jakub", "Novák", &["WEB"]),
    person("Sanne", "de Vries", &["WEB"]),
    person("Oliver", "Grant", &["WEB", "DATA"]),
    person("Priya", "Nair", &["DATA"]),
    person("Anton", "Kuznetsov", &["DATA"]),
    person("Eleni", "Papadaki", &["DATA"]),
    person("Samuel", "Okoro", &["DATA"]),
    person("Wei", "Zhang", &["DATA", "LAB"]),
    person("Maria", "Lindqvist", &["DATA", "LAB"]),
    person("Claire", "Dubois", &["PAY"]),
    person("Rahul", "Mehta", &["PAY"]),
    person("Zofia", "Nowak", &["PAY"]),
    person("Jonas", "Weber", &["PAY"]),
    person("Amina", "Haddad", &["PAY"]),
    person("Patrick", "O'Neill", &["PAY"]),
    person("Grace", "Mutua", &["SUP"]),
    person("Lukas", "Hofmann", &["SUP"]),
    person("Sofia", "Marino", &["SUP"]),
    person("Emil", "Andersen", &["SUP"]),
    person("Chloe", "Martin", &["SUP"]),
    person("Yusuf", "Demir", &["SUP"]),
    person("Anna", "Schulz", &["SUP", "PAY"]),
    person("Bram", "Jansen", &["OPS"]),
    person("Kaito", "Mori", &["OPS"]),
    person("Lukas", "Brandt", &["OPS"]),
    person("Ruth", "Feldman", &["OPS"]),
    person("Anna", "Kowalczyk", &["OPS", "LAB"]),
    left("Viktor", "Horvat", &["WEB", "MOB"]),
    left("Beatriz", "Costa", &["PAY", "SUP"]),
];

/// The people as Jira knows them, and the automation at the end.
pub(crate) fn users(seed: u64) -> Vec<User> {
    let mut dice = Dice::new(seed ^ 0x00FE_0B1E);
    let mut users: Vec<User> = PEOPLE.iter().map(|person| user(person, &mut dice)).collect();
    users.push(User {
        account_id: format!("557058:{}", dice.uuid()),
        display_name: "Automation for Jira".into(),
        email: String::new(),
        active: true,
        account_type: "app",
        name: "automation".into(),
        zone: 0,
    });
    users
}

fn user(person: &Person, dice: &mut Dice) -> User {
    let name = format!("{}.{}", plain(person.given), plain(person.family));
    User {
        account_id: format!("712020:{}", dice.uuid()),
        display_name: format!("{} {}", person.given, person.family),
        email: format!("{name}@harborline.example"),
        active: person.active,
        account_type: "atlassian",
        name,
        zone: 0,
    }
}

/// A name in the letters that mail addresses have.
fn plain(name: &str) -> String {
    let letter = |letter: char| match letter {
        'ó' | 'ö' => Some('o'),
        'á' | 'å' | 'ä' => Some('a'),
        'é' | 'è' => Some('e'),
        'ı' => Some('i'),
        ' ' | '\'' => None,
        other => Some(other),
    };
    name.to_lowercase().chars().filter_map(letter).collect()
}
