//! Issues of a site, made from a seed and the site's file: another set of names gives the same issues under the other names.

use crate::dice::Dice;
use chat_for_jira::day;
use serde_json::Value;
use std::collections::HashMap;

/// So many issues are made.
pub(crate) const COUNT: usize = 3_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// One change of one field, in names; people by account id.
pub(crate) struct Change {
    pub(crate) at: i64,
    pub(crate) by: String,
    pub(crate) field: &'static str,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

/// An issue. Fields are known by their ids; times are milliseconds since 1970, days are days since then.
#[derive(Default)]
pub(crate) struct Issue {
    pub(crate) key: String,
    /// Names, people, keys, sprints' ids.
    pub(crate) names: HashMap<String, Vec<String>>,
    /// The same in small letters.
    pub(crate) small: HashMap<String, Vec<String>>,
    pub(crate) texts: HashMap<String, String>,
    pub(crate) numbers: HashMap<String, f64>,
    pub(crate) moments: HashMap<String, i64>,
    pub(crate) days: HashMap<String, i64>,
    pub(crate) comments: Vec<String>,
    pub(crate) worklogs: Vec<(String, i64)>,
    /// The words of each link's direction and the key of the other issue.
    pub(crate) links: Vec<(String, String)>,
    pub(crate) attachments: usize,
    pub(crate) changes: Vec<Change>,
}

impl Issue {
    pub(crate) fn held(&self, field: &str) -> &[String] {
        self.names.get(field).map_or(&[], Vec::as_slice)
    }

    fn set(&mut self, field: &str, value: impl Into<String>) {
        self.names.insert(field.to_owned(), vec![value.into()]);
    }
}

/// What issues are about: the words of their summaries, which no name of a site changes.
const MATTERS: [&str; 24] = [
    "air bubble sensor reports false occlusion",
    "cracked housing after drop test",
    "screen freezes when waking from standby",
    "alarm volume too low in noisy wards",
    "battery drains overnight in storage",
    "wrong expiry date printed on label",
    "torque of the screw out of tolerance",
    "translation of the user manual incomplete",
    "network connection lost after power failure",
    "calibration certificate missing",
    "seal leaks under pressure",
    "noise of the fan above limit",
    "touch input ignored with gloves",
    "supplier delivered wrong resin",
    "update package fails signature check",
    "temperature drift during long runs",
    "nurse cannot silence the alarm",
    "risk analysis not updated",
    "training evidence for operators",
    "sterilisation validation report",
    "cable breaks near the connector",
    "memory leak in the event log",
    "shipment damaged in transit",
    "clinical data export is slow",
];
const DETAILS: [&str; 8] = [
    "Seen twice during the night shift.",
    "The customer asks for a written statement before the end of the month.",
    "Reproduced on the bench with the old power supply.",
    "Needs a deviation report and a review by the notified body.",
    "Happens only with the European plug.",
    "See the photographs taken at the hospital.",
    "Measured with the reference manometer.",
    "",
];
const COMMENTS: [&str; 6] = [
    "Waiting for the laboratory.",
    "The supplier confirmed the deviation.",
    "Please retest with the new gasket.",
    "Photos are on the share.",
    "Same as last year, see the root cause report.",
    "No progress because of missing samples.",
];
const HOSPITALS: [&str; 6] =
    ["Karolinska", "Charité Berlin", "St. Mary's", "Riverside Clinic", "Hôpital Nord", "Mercy General"];

/// The lists of the site's file, ready to be drawn from.
struct Lists<'s> {
    site: &'s Value,
    now: i64,
    today: i64,
    people: Vec<&'s str>,
}

fn name(value: &Value) -> String {
    value["name"].as_str().or(value["value"].as_str()).unwrap_or_default().to_owned()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// All issues. `now` in milliseconds since 1970.
pub(crate) fn make(site: &Value, seed: u64, now: i64) -> Vec<Issue> {
    let people = items(&site["users"]).iter().filter(|user| user["accountType"] == "atlassian");
    let people = people.filter_map(|user| user["accountId"].as_str()).collect();
    let today = day::read(site["today"].as_str().unwrap()).unwrap();
    let lists = Lists { site, now, today, people };
    let mut dice = Dice::new(seed);
    let mut made: Vec<Issue> = Vec::new();
    let mut parents: HashMap<usize, Vec<String>> = HashMap::new();
    let mut last: HashMap<usize, usize> = HashMap::new();
    for index in 0..COUNT {
        let project = dice.weighted(&[18, 12, 12, 10, 9, 14, 6, 6, 6, 5, 8, 5, 4, 5]);
        let number = last.entry(project).and_modify(|last| *last += 1).or_insert(1);
        let number = *number;
        let mut issue = lists.issue(&mut dice, project, index);
        if number <= 2 {
            // Each project begins with what others lie below.
            issue.set("issuetype", name(&site["issueTypes"][0]));
        }
        issue.key = format!("{}-{number}", lists.key(project));
        if let Some(above) = parents.get(&project).filter(|_| !lists.is_top(&issue) && dice.percent(60)) {
            issue.set("parent", above[dice.below(above.len())].clone());
        }
        if lists.is_top(&issue) {
            parents.entry(project).or_default().push(issue.key.clone());
        }
        made.push(issue);
    }
    lists.link(&mut dice, &mut made);
    for issue in &mut made {
        let small = |(field, held): (&String, &Vec<String>)| {
            (field.clone(), held.iter().map(|name| name.to_lowercase()).collect())
        };
        issue.small = issue.names.iter().map(small).collect();
    }
    made
}

impl Lists<'_> {
    fn key(&self, project: usize) -> &str {
        self.site["projects"][project]["key"].as_str().unwrap()
    }

    fn pick(&self, dice: &mut Dice, list: &str, weights: &[usize]) -> String {
        name(&self.site[list][dice.weighted(weights)])
    }

    fn person(&self, dice: &mut Dice) -> String {
        // Whoever asks has more than others, so that questions about it have answers.
        let at = if dice.percent(9) { 0 } else { dice.below(self.people.len()) };
        self.people[at].to_owned()
    }

    /// Somebody from the first ones of the list: so that names in questions have issues.
    fn known_person(&self, dice: &mut Dice) -> String {
        if dice.percent(85) { self.people[dice.below(42)].to_owned() } else { self.person(dice) }
    }

    fn is_top(&self, issue: &Issue) -> bool {
        let kind = &issue.held("issuetype")[0];
        items(&self.site["issueTypes"]).iter().any(|one| one["hierarchyLevel"] == 1 && name(one) == *kind)
    }

    fn issue(&self, dice: &mut Dice, project: usize, index: usize) -> Issue {
        let mut issue = Issue::default();
        issue.set("project", self.key(project));
        issue.set("issuetype", self.pick(dice, "issueTypes", &[4, 14, 12, 28, 7, 10, 18, 7]));
        // The later ones are newer.
        let left = COUNT - index;
        let age = i64::try_from(left * left * 420 / (COUNT * COUNT)).unwrap() * DAY;
        let created = self.now - age - i64::try_from(dice.below(usize::try_from(DAY).unwrap())).unwrap() - HOUR;
        issue.moments.insert("created".into(), created);
        let reporter = self.known_person(dice);
        issue.set("creator", reporter.clone());
        issue.set("reporter", reporter);
        issue.set("priority", self.pick(dice, "priorities", &[12, 28, 42, 18]));
        let summary = MATTERS[dice.below(MATTERS.len())];
        issue.texts.insert("summary".into(), summary.to_owned());
        if dice.percent(85) {
            issue.texts.insert(
                "description".into(),
                format!("{} {}", MATTERS[dice.below(MATTERS.len())], DETAILS[dice.below(8)]),
            );
        }
        self.life(dice, &mut issue, created);
        self.places(dice, &mut issue, project);
        self.own_fields(dice, &mut issue);
        self.talk(dice, &mut issue, created);
        issue
    }

    /// The statuses it went through, the people it belonged to, and when.
    fn life(&self, dice: &mut Dice, issue: &mut Issue, created: i64) {
        let statuses: Vec<String> = items(&self.site["statuses"]).iter().map(name).collect();
        let mut at = created;
        let mut updated = created;
        let mut step = |dice: &mut Dice| {
            let left = (self.now - at).max(2);
            at += i64::try_from(dice.below(usize::try_from(left / 3 + 1).unwrap())).unwrap() + 1;
            updated = at;
            at
        };
        let mut assignee: Option<String> = dice.percent(40).then(|| self.known_person(dice));
        if dice.percent(if assignee.is_none() { 75 } else { 35 }) {
            let (by, to) = (self.known_person(dice), self.known_person(dice));
            issue.changes.push(Change { at: step(dice), by, field: "assignee", from: assignee, to: Some(to.clone()) });
            assignee = Some(to);
        }
        let mut now_in = usize::from(dice.percent(35));
        let walk: usize = dice.weighted(&[16, 13, 16, 13, 42]);
        for turn in 0..walk {
            let next = match (turn, walk) {
                (3, 4) => 7 + dice.weighted(&[60, 28, 12]),
                _ if now_in >= 7 => 2,
                _ => 2 + dice.weighted(&[40, 14, 22, 12, 12]),
            };
            if next == now_in {
                continue;
            }
            let by = assignee.clone().filter(|_| dice.percent(70)).unwrap_or_else(|| self.known_person(dice));
            let (from, to) = (statuses[now_in].clone(), statuses[next].clone());
            let when = step(dice);
            issue.changes.push(Change { at: when, by, field: "status", from: Some(from), to: Some(to) });
            issue.moments.insert("statuscategorychangedate".into(), when);
            now_in = next;
            if next >= 7 && dice.percent(20) && turn == 3 {
                // Opened again.
                let when = step(dice);
                let by = self.known_person(dice);
                let (from, to) = (statuses[next].clone(), statuses[2].clone());
                issue.changes.push(Change { at: when, by, field: "status", from: Some(from), to: Some(to) });
                now_in = 2;
            }
        }
        if dice.percent(22) {
            let to = issue.held("priority")[0].clone();
            let from = self.pick(dice, "priorities", &[25, 25, 25, 25]);
            if from != to {
                let by = self.known_person(dice);
                issue.changes.push(Change { at: step(dice), by, field: "priority", from: Some(from), to: Some(to) });
            }
        }
        if let Some(person) = assignee.filter(|_| dice.percent(94)) {
            issue.set("assignee", person);
        }
        issue.set("status", statuses[now_in].clone());
        issue.moments.entry("statuscategorychangedate".into()).or_insert(created);
        if now_in >= 7 {
            let weights: &[usize] = if now_in == 9 { &[0, 20, 50, 20, 10] } else { &[80, 10, 3, 3, 4] };
            issue.set("resolution", self.pick(dice, "resolutions", weights));
            issue.moments.insert(
                "resolutiondate".into(),
                issue.changes.iter().filter(|one| one.field == "status").map(|one| one.at).max().unwrap(),
            );
        }
        if dice.percent(70) {
            updated = step(dice);
        }
        issue.moments.insert("updated".into(), updated.min(self.now - 60_000));
        if dice.percent(55) {
            let days = i64::try_from(dice.below(70)).unwrap() - 30;
            let base = if now_in >= 7 { created.div_euclid(DAY) + 20 } else { self.today };
            issue.days.insert("duedate".into(), base + days);
        }
    }

    /// What the project has: components, versions, sprints; and labels.
    fn places(&self, dice: &mut Dice, issue: &mut Issue, project: usize) {
        let key = self.key(project).to_owned();
        for (field, list, share) in
            [("components", "components", 70), ("fixVersions", "versions", 55), ("versions", "versions", 30)]
        {
            let names: Vec<String> = items(&self.site[list][&key]).iter().map(name).collect();
            if !names.is_empty() && dice.percent(share) {
                let mut held = vec![names[dice.below(names.len())].clone()];
                if dice.percent(12) {
                    held.push(names[dice.below(names.len())].clone());
                    held.dedup();
                }
                issue.names.insert(field.to_owned(), held);
            }
        }
        let boards = items(&self.site["boards"]).iter().filter(|board| board["location"]["projectKey"] == key.as_str());
        for board in boards {
            let own = items(&self.site["sprints"]).iter().filter(|sprint| sprint["originBoardId"] == board["id"]);
            let ids: Vec<String> = own.map(|sprint| sprint["id"].to_string()).collect();
            if !ids.is_empty() && dice.percent(75) {
                issue.set("customfield_10020", ids[dice.weighted(&[20, 22, 38, 20])].clone());
            }
        }
        let labels: Vec<&str> = items(&self.site["labels"]).iter().filter_map(Value::as_str).collect();
        for _ in 0..dice.weighted(&[45, 38, 17]) {
            let label = labels[dice.below(labels.len())].to_owned();
            let held = issue.names.entry("labels".into()).or_default();
            if !held.contains(&label) {
                held.push(label);
            }
        }
    }

    fn own_fields(&self, dice: &mut Dice, issue: &mut Issue) {
        for field in items(&self.site["fields"]).iter().filter(|field| field["custom"] == true) {
            let id = field["id"].as_str().unwrap();
            let options: Vec<String> = items(&self.site["fieldOptions"][id]).iter().map(name).collect();
            let kind = field["schema"]["custom"].as_str().unwrap().rsplit(':').next().unwrap();
            match kind {
                "multicheckboxes" if dice.percent(6) => issue.set(id, options[0].clone()),
                "multiselect" if dice.percent(50) => {
                    let mut held: Vec<String> = options.iter().filter(|_| dice.percent(35)).cloned().collect();
                    held.truncate(3);
                    issue.names.insert(id.to_owned(), held);
                }
                "select" | "cascadingselect" if dice.percent(65) => {
                    issue.set(id, options[dice.below(options.len())].clone())
                }
                "userpicker" if dice.percent(40) => issue.set(id, self.known_person(dice)),
                "datepicker" if dice.percent(35) => {
                    let days = i64::try_from(dice.below(90)).unwrap() - 45;
                    issue.days.insert(id.to_owned(), self.today + days);
                }
                "float" if dice.percent(60) => {
                    let number = [1, 2, 3, 5, 8, 13, 20][dice.weighted(&[10, 20, 25, 20, 14, 7, 4])];
                    issue.numbers.insert(id.to_owned(), f64::from(number));
                }
                "textfield" if field["name"] == "Hospital" && dice.percent(25) => {
                    issue.texts.insert(id.to_owned(), HOSPITALS[dice.below(6)].to_owned());
                }
                "textfield" if field["name"] != "Hospital" && dice.percent(30) => {
                    issue.texts.insert(id.to_owned(), format!("L{} batch", 400 + dice.below(40)));
                }
                "labels" if dice.percent(25) => {
                    issue.set(id, ["operator-error", "material", "software", "transport"][dice.below(4)]);
                }
                _ => {}
            }
        }
    }

    /// Comments, work, watchers, votes, files.
    fn talk(&self, dice: &mut Dice, issue: &mut Issue, created: i64) {
        for _ in 0..dice.weighted(&[50, 25, 15, 10]) {
            let mention = if dice.percent(12) { format!(" [~accountid:{}]", self.person(dice)) } else { String::new() };
            issue.comments.push(format!("{}{mention}", COMMENTS[dice.below(6)]));
        }
        let first = created.div_euclid(DAY);
        for _ in 0..dice.weighted(&[60, 20, 12, 8]) {
            let span = usize::try_from(self.today - first + 1).unwrap_or(1);
            let worked = self.today - i64::try_from(dice.below(span.clamp(1, 40))).unwrap();
            issue.worklogs.push((self.known_person(dice), worked));
        }
        if !issue.worklogs.is_empty() {
            let hours = dice.below(30) + 1;
            issue.numbers.insert("timespent".into(), f64::from(u32::try_from(hours * 3600).unwrap()));
        }
        if dice.percent(40) {
            let hours = dice.below(60) + 1;
            issue.numbers.insert("timeoriginalestimate".into(), f64::from(u32::try_from(hours * 3600).unwrap()));
            issue.numbers.insert("timeestimate".into(), f64::from(u32::try_from(hours / 2 * 3600).unwrap()));
        }
        for (field, count, share) in [("watcher", "watches", 35), ("voter", "votes", 18)] {
            let mut who: Vec<String> = Vec::new();
            while dice.percent(share) && who.len() < 6 {
                let person = self.person(dice);
                if !who.contains(&person) {
                    who.push(person);
                }
            }
            issue.numbers.insert(count.into(), f64::from(u32::try_from(who.len()).unwrap()));
            issue.names.insert(field.into(), who);
        }
        issue.attachments = dice.weighted(&[70, 20, 10]);
    }

    fn link(&self, dice: &mut Dice, issues: &mut [Issue]) {
        for _ in 0..COUNT / 5 {
            let (one, other) = (dice.below(issues.len()), dice.below(issues.len()));
            if one == other {
                continue;
            }
            let kind = &self.site["issueLinkTypes"][dice.weighted(&[35, 15, 25, 15, 10])];
            let words = |side: &str| kind[side].as_str().unwrap().to_owned();
            let keys = (issues[one].key.clone(), issues[other].key.clone());
            issues[one].links.push((words("outward"), keys.1));
            issues[other].links.push((words("inward"), keys.0));
        }
    }
}
