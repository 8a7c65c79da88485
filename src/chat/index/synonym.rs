//! Other words for the names of a site.

use super::{Index, Name, index, name};
use crate::chat::dictionary::Dictionary;
use crate::chat::lexicon::{Lexicon, Slot};
use crate::chat::read::token;

impl Index {
    /// Other words for values: where the site has one of a line, the others mean it too, unless they are names of their own.
    pub(super) fn add_synonyms(&mut self, lexicon: &Lexicon, words: &mut Dictionary) {
        for (kind, line) in &lexicon.values {
            let Some(slot) = Slot::named(kind) else { continue };
            let known: Vec<(&str, Option<u32>)> =
                line.split(", ").map(|form| (form, self.called(slot, form, words))).collect();
            let Some(at) = known.iter().find_map(|(_, at)| *at) else { continue };
            for (form, _) in known.iter().filter(|(_, at)| at.is_none()) {
                self.add(Name { slot, alias: true, ..name(index(at)) }, form, words);
            }
        }
        self.add_group_synonyms(lexicon, words);
    }

    /// The same for the last words of a group's name: whoever says “mobile devs” means “mobile-developers”.
    fn add_group_synonyms(&mut self, lexicon: &Lexicon, words: &mut Dictionary) {
        let groups: Vec<Name> =
            self.names.iter().filter(|name| name.slot == Slot::Group && !name.alias).copied().collect();
        let lines = lexicon.values.iter().filter(|(kind, _)| *kind == "group");
        let forms: Vec<Vec<&str>> = lines.map(|(_, line)| line.split(", ").collect()).collect();
        for group in groups {
            let called: Vec<String> = self.words(&group).iter().map(|word| words.word(*word).to_owned()).collect();
            let called = called.join(" ");
            for line in &forms {
                let before = |form: &&str| called.strip_suffix(*form).and_then(|begin| begin.strip_suffix(' '));
                let Some(begin) = line.iter().find_map(before) else { continue };
                for form in line {
                    let other = format!("{begin} {form}");
                    if self.called(Slot::Group, &other, words).is_none() {
                        self.add(Name { alias: true, ..group }, &other, words);
                    }
                }
            }
        }
    }

    /// Which entry of a kind has this name.
    pub(super) fn called(&self, slot: Slot, form: &str, words: &Dictionary) -> Option<u32> {
        let (mut wanted, mut unknown) = (Vec::new(), false);
        token::each_word(form, &mut String::new(), &mut |word| match words.find(word) {
            Some(word) => wanted.push(word),
            None => unknown = true,
        });
        if unknown {
            return None;
        }
        let names = self.of_word(*wanted.first()?).iter().filter_map(|name| self.name(*name));
        names.into_iter().find(|name| name.slot == slot && self.words(name) == wanted).map(|name| name.at)
    }
}
