//! What a person wants in a field, as Jira wants it: by what the screen says that the field takes.

use crate::chat::answer::doing::{Input, Missing, ValueChoice};
use crate::chat::intent::{FieldChange, How};
use crate::chat::plan::value::{cut, estimate, form, same, shown};
use crate::day;
use crate::jira::edition::Edition;
use crate::json::{object, text};
use crate::rich::{adf, markdown, wiki};
use crate::vocabulary::{Entry, Kind, State, Vocabulary, near, same as same_name};
use serde_json::Value;

/// So many choices are offered.
const CHOICES: usize = 100;

/// A field on a screen.
pub(super) struct Field<'a> {
    /// Its id.
    pub(super) id: &'a str,
    /// What Jira tells of it: `name`, `schema`, `required`, `allowedValues`.
    pub(super) meta: &'a Value,
    /// What it holds now, as Jira tells it.
    pub(super) now: &'a Value,
    /// The site's names.
    pub(super) names: &'a Vocabulary,
    /// Whose values these are.
    pub(super) edition: Edition,
    /// The id of whoever asks.
    pub(super) me: &'a str,
}

/// Why a value cannot be set.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It cannot at all: a sentence.
    Problem(String),
    /// It has to be said otherwise.
    Ask(Missing),
}

/// A value as it is sent, and as people read it.
pub(super) type Fit = (Value, String);

impl Field<'_> {
    /// Its name.
    pub(super) fn name(&self) -> &str {
        Some(text(self.meta, "name")).filter(|name| !name.is_empty()).unwrap_or(self.id)
    }

    fn kind(&self) -> &str {
        let schema = &self.meta["schema"];
        if self.is_list() { text(schema, "items") } else { text(schema, "type") }
    }

    fn is_list(&self) -> bool {
        self.meta["schema"]["type"] == "array"
    }

    fn is_rich(&self) -> bool {
        let schema = &self.meta["schema"];
        ["description", "environment"].contains(&text(schema, "system"))
            || text(schema, "custom").ends_with(":textarea")
    }

    fn problem(&self, sentence: &str) -> Unfit {
        Unfit::Problem(format!("“{}” {sentence}", self.name()))
    }

    /// What is asked where a value is missing or was not understood.
    pub(super) fn asked(&self, message: String, choices: Vec<ValueChoice>) -> Missing {
        let known = if choices.is_empty() { self.allowed() } else { choices };
        let input = match (self.kind(), known.is_empty()) {
            (_, false) if self.is_list() => Input::Many,
            (_, false) => Input::One,
            ("number", _) => Input::Number,
            ("date", _) => Input::Day,
            _ if self.is_rich() => Input::Markdown,
            _ => Input::Text,
        };
        Missing { field: self.id.to_owned(), name: self.name().to_owned(), message, input, choices: known }
    }

    fn allowed(&self) -> Vec<ValueChoice> {
        let list = self.meta["allowedValues"].as_array().into_iter().flatten();
        let open = list.filter(|one| one["archived"] != true);
        open.take(CHOICES).map(|one| ValueChoice { label: shown(one), value: id_of(one) }).collect()
    }

    /// What the field is to become.
    pub(super) fn becomes(&self, change: &FieldChange) -> Result<Fit, Unfit> {
        let nothing = match self.kind() {
            _ if self.is_list() => Value::Array(Vec::new()),
            "timetracking" => object([(estimate(&change.field), Value::Null)]),
            _ => Value::Null,
        };
        if change.how == How::Clear || change.values.is_empty() {
            let is_required = self.meta["required"] == true;
            return if is_required { Err(self.problem("must not be empty.")) } else { Ok((nothing, String::new())) };
        }
        let wanted =
            change.values.iter().map(|value| self.one(value, &change.field)).collect::<Result<Vec<Fit>, Unfit>>()?;
        if self.is_list() {
            return Ok(self.list(change.how, wanted));
        }
        match (change.how, wanted.as_slice()) {
            (How::Remove, [(value, _)]) if !same(&form(self.now), value) => Ok((form(self.now), shown(self.now))),
            (How::Remove, _) => Ok((nothing, String::new())),
            (_, [one]) => Ok(one.clone()),
            _ => Err(self.problem("takes one value only.")),
        }
    }

    fn list(&self, how: How, wanted: Vec<Fit>) -> Fit {
        let now = self.now.as_array().into_iter().flatten().map(|one| (form(one), shown(one)));
        let is_wanted = |known: &Fit| wanted.iter().any(|(value, _)| same(&known.0, value));
        let mut all: Vec<Fit> = match how {
            How::Add | How::Remove => now.filter(|known| !is_wanted(known)).collect(),
            _ => Vec::new(),
        };
        if how != How::Remove {
            all.extend(wanted);
        }
        let text = all.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(", ");
        (all.into_iter().map(|(value, _)| value).collect(), text)
    }

    // Long because there is one arm for each kind of field, all of one shape.
    fn one(&self, value: &str, called: &str) -> Result<Fit, Unfit> {
        let trimmed = value.trim();
        let fit = |data: Value| Ok((data, trimmed.to_owned()));
        if self.meta["allowedValues"].as_array().is_some_and(|allowed| !allowed.is_empty()) {
            return self.pick(trimmed);
        }
        match self.kind() {
            "string" if self.is_rich() => Ok((rich(self.edition, value), cut(value))),
            "string" if self.is_list() && trimmed.contains(char::is_whitespace) => {
                Err(self.problem("takes words without blanks only."))
            }
            "string" => fit(trimmed.into()),
            "number" => match number(trimmed) {
                Some(number) => fit(number),
                None => Err(Unfit::Ask(self.asked(format!("“{trimmed}” is not a number."), Vec::new()))),
            },
            "date" if day::read(trimmed).is_some() => fit(trimmed.into()),
            // Noon of Greenwich is on the same day almost everywhere; midnight is on the day before in all of America.
            "datetime" if day::read(trimmed).is_some() => {
                Ok((format!("{trimmed}T12:00:00.000+0000").into(), format!("{trimmed}, 12:00 UTC")))
            }
            "date" => Err(Unfit::Ask(self.asked(format!("“{trimmed}” is not a day."), Vec::new()))),
            "datetime" => fit(trimmed.into()),
            "user" => {
                let (id, name) = person(self.names, trimmed, self.me).map_err(|(message, choices)| {
                    let mut asked = self.asked(message, choices);
                    asked.input = if asked.choices.is_empty() { Input::Text } else { Input::One };
                    Unfit::Ask(asked)
                })?;
                Ok((self.edition.person(Some(&id)), name))
            }
            "issuelink" => fit(object([("key", trimmed.to_ascii_uppercase().into())])),
            "timetracking" => fit(object([(estimate(called), trimmed.into())])),
            "option" => fit(object([("value", trimmed.into())])),
            "version" | "component" | "priority" | "resolution" | "group" | "securitylevel" => {
                fit(object([("name", trimmed.into())]))
            }
            _ => Err(self.problem("cannot be changed from here. Change it in Jira itself.")),
        }
    }

    /// One of the values that the screen allows: by id, name or key; of values below others as “above > below”.
    fn pick(&self, wanted: &str) -> Result<Fit, Unfit> {
        let allowed = self.meta["allowedValues"].as_array().map_or(&[][..], Vec::as_slice);
        let (above, below) =
            wanted.split_once('>').map_or((wanted, None), |(above, below)| (above, Some(below.trim())));
        let found: Vec<&Value> = allowed.iter().filter(|one| is_called(one, above.trim())).collect();
        match found.as_slice() {
            [one] => {
                let mut value = form(one);
                let mut text = shown(one);
                if let Some(below) = below {
                    let child = one["children"].as_array().into_iter().flatten().find(|child| is_called(child, below));
                    let Some(child) = child else { return Err(self.unknown(wanted)) };
                    value["child"] = form(child);
                    text = format!("{text} > {}", shown(child));
                }
                Ok((value, text))
            }
            [] => Err(self.unknown(wanted)),
            several => {
                let choices = several.iter().map(|one| ValueChoice { label: shown(one), value: id_of(one) }).collect();
                Err(Unfit::Ask(
                    self.asked(format!("Several values of “{}” are called “{wanted}”.", self.name()), choices),
                ))
            }
        }
    }

    fn unknown(&self, wanted: &str) -> Unfit {
        Unfit::Ask(self.asked(format!("“{}” takes no “{}” here.", self.name(), cut(wanted)), Vec::new()))
    }
}

fn id_of(one: &Value) -> String {
    let told = ["id", "accountId", "value", "name"].iter().find_map(|name| one[*name].as_str());
    told.map_or_else(|| shown(one), str::to_owned)
}

fn is_called(one: &Value, wanted: &str) -> bool {
    let named = |name: &&str| one[*name].as_str().is_some_and(|text| same_name(text, wanted));
    one["id"] == wanted || ["value", "name", "key"].iter().any(named)
}

fn number(text: &str) -> Option<Value> {
    let text = text.replace(',', ".");
    match text.parse::<i64>() {
        Ok(whole) => Some(whole.into()),
        Err(_) => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from),
    }
}

/// Markdown as a site takes rich text. `@[Name](id)` mentions a person.
pub(super) fn rich(edition: Edition, text: &str) -> Value {
    let document = markdown::read(&mentions(text));
    match edition {
        Edition::Cloud => adf::write(&document),
        Edition::DataCenter => wiki::write(&document).into(),
    }
}

/// `@[Name](id)` in the form that [`markdown`] has for a mention.
fn mentions(text: &str) -> String {
    each_mention(text, &mut |_| {})
}

/// The names of those who are mentioned.
pub(super) fn mentioned(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    each_mention(text, &mut |name| names.push(cut(name)));
    names
}

fn each_mention(text: &str, told: &mut dyn FnMut(&str)) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@[") {
        out.push_str(before);
        let read = after.split_once("](").and_then(|(name, more)| Some((name, more.split_once(')')?)));
        let is_id = |id: &str| !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || ":-_.@".contains(c));
        match read {
            Some((name, (id, more))) if is_id(id) && !name.contains(['[', ']', '\n']) => {
                told(name);
                out.push_str(&format!("[@{name}]{{mention={id}}}"));
                rest = more;
            }
            _ => {
                out.push_str("@[");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A person by id or name: id and name. Otherwise what is to be asked, with the people it may be.
pub(super) fn person(
    names: &Vocabulary,
    wanted: &str,
    me: &str,
) -> Result<(String, String), (String, Vec<ValueChoice>)> {
    let people = names.entries(Kind::Person);
    let told = |entry: &Entry| (entry.id.clone(), entry.name.clone());
    let wanted = if same_name(wanted, "me") { me } else { wanted };
    if let Some(known) = people.iter().find(|entry| entry.id == wanted) {
        return Ok(told(known));
    }
    let is_there = |entry: &&Entry| entry.state != State::Inactive;
    let mut found: Vec<&Entry> = people.iter().filter(is_there).filter(|entry| entry.is_called(wanted)).collect();
    if found.is_empty() {
        let word = |entry: &&Entry| entry.name.split_whitespace().any(|word| same_name(word, wanted));
        found = people.iter().filter(is_there).filter(word).collect();
    }
    let choice = |entry: &&Entry| ValueChoice { label: entry.name.clone(), value: entry.id.clone() };
    match found.as_slice() {
        [one] => Ok(told(one)),
        [] if wanted == me || (!names.is_whole(Kind::Person) && !wanted.contains(char::is_whitespace)) => {
            Ok((wanted.to_owned(), if wanted == me { "you" } else { wanted }.to_owned()))
        }
        [] => {
            let near = near(wanted, &mut people.iter().filter(is_there).map(|entry| entry.name.as_str()), 5);
            let near = people.iter().filter(|entry| near.contains(&entry.name));
            Err((format!("Nobody here is called “{}”.", cut(wanted)), near.map(|entry| choice(&entry)).collect()))
        }
        several => Err((format!("Several people are called “{}”.", cut(wanted)), several.iter().map(choice).collect())),
    }
}

#[cfg(test)]
mod tests;
