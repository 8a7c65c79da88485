//! The best way to read a whole text: of all that can stand at its places, the pieces that leave least unread.

mod stand;

use crate::chat::index::index;
use crate::chat::lexicon::{Meaning, Node, Phrase, Slot};
use crate::chat::read::scan::{Act, Bound, Candidate, Item, Scan};
use crate::chat::read::token::Kind;
use crate::chat::when::{self, Edge};

/// A token that is understood counts so much.
const TOKEN: i32 = 10;
/// Each piece costs this, so that few long ones win over many short ones.
const PIECE: i32 = 3;

impl<'r> Scan<'r> {
    /// The pieces of the tokens from one to another, one behind the other.
    pub(super) fn cover(&self, from: usize, to: usize) -> Vec<Candidate<'r>> {
        let length = to.saturating_sub(from);
        let mut best: Vec<(i32, Option<Candidate<'r>>)> = vec![(0, None); length + 1];
        for at in (from..to).rev() {
            let mut winner = (i32::MIN, None);
            for candidate in self.candidates(at, from).into_iter().filter(|candidate| candidate.end <= to) {
                let rest = best.get(candidate.end - from).map_or(0, |(score, _)| *score);
                let score = candidate.score + rest;
                if score > winner.0 {
                    winner = (score, Some(candidate));
                }
            }
            if let Some(place) = best.get_mut(at - from) {
                *place = winner;
            }
        }
        let (mut pieces, mut at) = (Vec::new(), from);
        while at < to {
            let Some((_, Some(candidate))) = best.get_mut(at - from).map(std::mem::take) else { break };
            at = candidate.end;
            pieces.push(candidate);
        }
        pieces
    }

    fn candidates(&self, at: usize, from: usize) -> Vec<Candidate<'r>> {
        let Some(token) = self.sentence.token(at) else { return Vec::new() };
        let piece = |end: usize, cost: i32, act: Act<'r>| Candidate {
            start: at,
            end,
            score: tokens(at, end) * TOKEN - PIECE - cost,
            act,
        };
        let mut found = Vec::new();
        self.phrases_at(at, from, &mut found);
        // “MON” can be a project, and then hardly a Monday.
        let project = token.capitals && self.items(at).iter().any(|item| item.slot == Slot::Project && item.whole);
        if let Some((when, end)) = self.when(at).filter(|(when, _)| when.from != Some(Edge::Now) && !project) {
            found.push(piece(end, -1, Act::When(when)));
        }
        if let Some((keys, end)) = self.keys(at) {
            found.push(piece(end, 0, Act::Keys(keys)));
        }
        for test in self.tests(at) {
            found.push(piece(test.end, test.cost, Act::Test(test.field, test.test)));
        }
        self.names_at(at, &mut found);
        match token.kind {
            Kind::Sign => found.push(Candidate { start: at, end: at + 1, score: 1, act: Act::Sign }),
            Kind::Quoted => found.push(piece(at + 1, 3, Act::Quoted(token.word.clone()))),
            _ => found.push(Candidate { start: at, end: at + 1, score: 0, act: Act::Unknown }),
        }
        found
    }

    fn phrases_at(&self, at: usize, from: usize, found: &mut Vec<Candidate<'r>>) {
        for (phrase, meaning) in self.possible(at) {
            let exact = matches!(meaning.kind, "decline" | "report");
            if !self.may_stand(meaning, at, from) {
                continue;
            }
            // A word that begins with a capital is rather a name than mistyped.
            let most = if at > 0 && self.sentence.token(at).is_some_and(|token| token.capital) { 1 } else { 4 };
            for (end, bound, cost) in self.phrase(self.lexicon.nodes(phrase), at) {
                let filler = matches!(meaning.kind, "-" | "weak") && end == at + 1;
                if end <= at || self.is_uncertain(&bound) || exact && cost > 1 || filler && cost > most {
                    continue;
                }
                let score = worth(meaning, tokens(at, end)) - cost;
                found.push(Candidate { start: at, end, score, act: Act::Phrase(meaning, bound) });
            }
        }
    }

    /// The phrases that can begin at a token and whose words lie ahead, in the order of the table.
    fn possible(&self, at: usize) -> impl Iterator<Item = (&'r Phrase, &'r Meaning)> {
        let lexicon = self.lexicon;
        let ahead = self.sentence.ahead(at);
        let may_stand =
            |number: &u32| lexicon.phrases.get(index(*number)).is_some_and(|phrase| phrase.may_stand(ahead));
        let starting = self.sentence.edges(at).iter().flat_map(|edge| lexicon.starting_with(edge.word));
        let mut found: Vec<u32> = starting.filter(may_stand).collect();
        if !self.items(at).is_empty()
            || self.keys(at).is_some()
            // Not “me”, who is told something: “show me closed bugs”.
            || self.sentence.is(at, &["i", "my", "currentuser", "ive", "im", "him", "her", "he", "she"])
            || self.opens_text(at)
            || when::number(self.sentence, at).is_some()
        {
            found.extend(lexicon.open_starts.iter().copied().filter(may_stand));
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|number| lexicon.meaning(number))
    }

    /// Whether a phrase is filled with a part of a name that could be anything's.
    fn is_uncertain(&self, bound: &[(Slot, Bound)]) -> bool {
        bound.iter().any(|(_, bound)| match bound {
            Bound::Items(items, _) => items.iter().any(|item| {
                !item.whole && matches!(item.slot, Slot::Version | Slot::Label | Slot::Option) && item.names.len() > 1
            }),
            _ => false,
        })
    }

    /// Names by themselves, and fields by theirs.
    fn names_at(&self, at: usize, found: &mut Vec<Candidate<'r>>) {
        let items = self.items(at);
        for item in items.iter() {
            if item.slot == Slot::Field {
                if let Some(name) = item.names.first().and_then(|name| self.index.name(*name)) {
                    let several = if item.end > at + 1 { 4 } else { 0 };
                    let score = tokens(at, item.end) * 5 + several - item.cost;
                    found.push(Candidate { start: at, end: item.end, score, act: Act::Field(index(name.at)) });
                }
                continue;
            }
            if !self.stands_alone(item) {
                continue;
            }
            let fits = |other: &Item| {
                other.slot == item.slot && (other.start != at || other.end == item.end) && self.stands_alone(other)
            };
            let Some((list, end, and)) = self.list(at, &fits) else { continue };
            let cost: i32 = list.iter().map(|item| self.cost(item)).sum();
            let score = tokens(at, end) * TOKEN - PIECE - cost;
            found.push(Candidate { start: at, end, score, act: Act::Items(list, and) });
        }
        if self.sentence.is(at, &["i", "me", "myself"]) {
            let me =
                Item { slot: Slot::Person, me: true, names: Vec::new(), start: at, end: at + 1, cost: 0, whole: true };
            let score = if self.leaves_alone(at + 1) { TOKEN } else { 4 };
            found.push(Candidate { start: at, end: at + 1, score, act: Act::Items(vec![me], false) });
            self.me_and_others(at, found);
        }
    }

    /// “Me and Olga”, where nobody is told to show or give something.
    fn me_and_others(&self, at: usize, found: &mut Vec<Candidate<'r>>) {
        let told = ["show", "give", "tell", "get", "send", "let", "find", "help"];
        if at > 0 && self.sentence.is(at - 1, &told) {
            return;
        }
        let fits = |item: &Item| item.slot == Slot::Person && self.stands_alone(item);
        if let Some((list, end, and)) = self.list(at, &fits).filter(|(list, ..)| list.len() > 1) {
            let cost: i32 = list.iter().map(|item| if item.me { 0 } else { self.cost(item) }).sum();
            let score = tokens(at, end) * TOKEN - PIECE - cost;
            found.push(Candidate { start: at, end, score, act: Act::Items(list, and) });
        }
    }

    /// Whether a name means something where no field is told.
    fn stands_alone(&self, item: &Item) -> bool {
        match item.slot {
            Slot::LinkType | Slot::Field => false,
            // “Top” is the highest priority only where a priority is spoken of.
            Slot::Priority if self.is_common(item) && self.is_alias(item) => false,
            Slot::Person | Slot::Project | Slot::Sprint => item.whole || item.me || !self.is_common(item),
            _ => item.whole,
        }
    }

    fn is_alias(&self, item: &Item) -> bool {
        item.names.iter().all(|name| self.index.name(*name).is_some_and(|name| name.alias))
    }

    /// Whether the words are everybody's words and not written like a name.
    fn is_common(&self, item: &Item) -> bool {
        let one = item.end == item.start + 1;
        let Some(token) = self.sentence.token(item.start).filter(|_| one) else { return false };
        let word = self.sentence.number(&token.word);
        let known = word.is_some_and(|word| self.lexicon.starting_with(word).next().is_some());
        // Whoever writes a word in capitals, and others not, means a name.
        let shouted = token.capitals && token.word.len() > 1 && !self.sentence.is_shouted();
        known && !shouted && !(token.capital && item.start > 0)
    }

    /// What a name costs that stands by itself; the kinds that people mean most cost least.
    fn cost(&self, item: &Item) -> i32 {
        const ORDER: [Slot; 10] = [
            Slot::Project,
            Slot::Status,
            Slot::IssueType,
            Slot::Priority,
            Slot::Person,
            Slot::Version,
            Slot::Option,
            Slot::Component,
            Slot::Label,
            Slot::Sprint,
        ];
        let written = self.sentence.token(item.start).is_some_and(|token| token.capitals);
        // Several words of a name are rather that name than names of one word each.
        let several = item.end > item.start + 1;
        let part = if item.whole || written { 0 } else { 3 - i32::from(several) };
        let common = if item.whole && self.is_common(item) && self.is_filler(item) { 6 } else { 0 };
        let kind = ORDER.iter().position(|slot| *slot == item.slot).map_or(1, |at| usize::from(at > 7));
        item.cost + part + common + i32::try_from(kind).unwrap_or(0)
    }

    /// Whether the one word of a name means nothing by itself: “it” is hardly the project IT.
    fn is_filler(&self, item: &Item) -> bool {
        let token = self.sentence.token(item.start);
        let Some(word) = token.and_then(|token| self.sentence.number(&token.word)) else { return false };
        self.lexicon.starting_with(word).filter_map(|number| self.lexicon.meaning(number)).any(|(phrase, meaning)| {
            let rest = self.lexicon.nodes(phrase).iter().skip(1);
            meaning.kind == "-" && rest.copied().all(|node| matches!(node, Node::Maybe(_)))
        })
    }
}

fn tokens(from: usize, to: usize) -> i32 {
    i32::try_from(to.saturating_sub(from)).unwrap_or(i32::MAX / 100)
}

/// How good a phrase of so many tokens is, written as in the table.
fn worth(meaning: &Meaning, tokens: i32) -> i32 {
    match meaning.kind {
        "-" | "greeting" => tokens * 6,
        "dropfield" | "dropname" if meaning.text != "sure" => tokens * 6 + 3,
        "weak" => tokens * 3,
        "noun" if meaning.weak => tokens * 5,
        "noun" => tokens * 8,
        "and" | "or" => tokens * 7,
        _ if meaning.weak => tokens * TOKEN - PIECE - 2,
        _ => tokens * TOKEN - PIECE + 1,
    }
}
