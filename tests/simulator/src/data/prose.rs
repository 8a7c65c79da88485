//! Descriptions and comments, put together from parts that fit each other.

use super::dice::Dice;

const SEEN: [&str; 9] = [
    "Reported by Care, three times this week.",
    "Found while testing the last release.",
    "Seen in the field, not in our test environment.",
    "It happened twice in the demo for the board.",
    "A colleague at the counter showed it to me.",
    "Shows up in the error reports since the last release.",
    "Hard to see, but it happens every time once you know it.",
    "A customer sent a recording, attached.",
    "Noticed during the review of last month's numbers.",
];
const STEPS: [&str; 6] = [
    "1. Start with an empty session\n2. Go through the usual steps\n3. Look at the result",
    "1. Take a booking from the test set\n2. Change it once\n3. Open it again",
    "1. Sign in as a customer with two bookings\n2. Open the second one\n3. Wait about a minute",
    "1. Use the data of yesterday\n2. Run it again\n3. Compare both results",
    "1. Switch the network off and on\n2. Repeat the last action",
    "1. Follow the link in the mail\n2. Go back\n3. Follow it once more",
];
const EXPECTED: [&str; 5] = [
    "The same result as on the first try, and no error in the log.",
    "What the specification says, and what it did until the last release.",
    "A message that says what went wrong and what to do.",
    "The current value.",
    "Nothing is lost, whatever the order of steps.",
];
const AFTER: [&str; 7] = [
    "The workaround is to repeat the last step.",
    "No workaround is known.",
    "Restarting helps for a while.",
    "It blocks the rollout to the other ports.",
    "Low risk, but it looks bad.",
    "Please add a test when this is fixed.",
    "Finance wants to know how many bookings are affected.",
];
const DONE_WHEN: [&str; 9] = [
    "It works with the keyboard and with a screen reader",
    "It is measured, and the number is on the team's dashboard",
    "The texts are translated into all languages of the site",
    "Care has seen it and knows how to explain it",
    "There is a way back if it does not work out",
    "It is behind a switch until the release",
    "The documentation is up to date",
    "Old data still works",
    "It is covered by an end-to-end test",
];
const NOTES: [&str; 8] = [
    "Designs are linked in the wiki.",
    "Small first step, we can decide on the rest later.",
    "Agreed with Legal.",
    "Needs a decision on the wording before we start.",
    "Depends on the new fields in the booking service.",
    "Should be finished before the holiday season.",
    "See the notes of the last planning.",
    "Talk to Port operations first.",
];

/// The description of an issue; about one in eight has none.
pub(super) fn description(kind: &str, summary: &str, detail: &str, dice: &mut Dice) -> Option<String> {
    if dice.chance(12) {
        return None;
    }
    Some(match kind {
        "Bug" | "Incident" if dice.chance(62) => format!(
            "{detail}\n\n## Steps to reproduce\n\n{}\n\n## Expected\n\n{}\n\n{}",
            dice.pick(&STEPS),
            dice.pick(&EXPECTED),
            dice.pick(&AFTER)
        ),
        "Bug" | "Incident" => format!("{detail} {}\n\n{}", dice.pick(&SEEN), dice.pick(&AFTER)),
        "Story" => {
            let done: Vec<String> = dice.sample(&DONE_WHEN, 3).iter().map(|line| format!("- {line}")).collect();
            format!("{detail}\n\n## Done when\n\n{}\n\n{}", done.join("\n"), dice.pick(&NOTES))
        }
        "Service Request" => format!("{detail}\n\nWritten down from the conversation: “{summary}.”"),
        _ => format!("{detail} {}", dice.pick(&NOTES)),
    })
}

/// The description of an epic.
pub(super) fn epic(detail: &str, dice: &mut Dice) -> String {
    let done: Vec<String> = dice.sample(&DONE_WHEN, 2).iter().map(|line| format!("- {line}")).collect();
    format!("{detail}\n\n## Done when\n\n- Every issue of this epic is closed or moved\n{}", done.join("\n"))
}

/// The summary of a part of the issue that is about `about`.
pub(super) fn subtask(about: &str, dice: &mut Dice) -> String {
    let form = dice.pick(&[
        "Write the tests",
        "Update the documentation",
        "Prepare the data",
        "Review the texts",
        "Adapt the interface",
        "Measure before and after",
        "Try it on real devices",
        "Clean up the old code",
    ]);
    format!("{form}: {about}")
}

const OPEN_TALK: [&str; 24] = [
    "I can reproduce this, the logs are attached.",
    "Waiting for an answer from the partner, they promised one for tomorrow.",
    "The cause is a race between two requests, I have a small test for it.",
    "Could somebody from design have a look before I go on?",
    "Moved to the next sprint, we ran out of time.",
    "This is smaller than I thought, half a day.",
    "This is larger than I thought. I would split it.",
    "Two more customers have asked for this today.",
    "The first version is on the test system.",
    "I do not think this is worth doing now, but let us keep it.",
    "The numbers of last week are in the shared folder.",
    "Please add a screenshot, I cannot find the place.",
    "Rolled back, the error rate is normal again.",
    "The partner says that it is our side. I have sent them the trace.",
    "We did something like this two years ago, see the old project.",
    "Legal is fine with it as long as the text says who we are.",
    "Can we get an estimate before Thursday?",
    "Works for me on the second device, not on the first.",
    "I have asked Port operations, they would like to have it before the summer.",
    "The test fails about once in ten runs, I am looking into that first.",
    "Blocked by the certificate, see the link.",
    "No answer since Monday, I have called them.",
    "The cache was the reason after all.",
    "I will take this over while my colleague is away.",
];
const DONE_TALK: [&str; 8] = [
    "Released, and the customer confirmed that it works.",
    "Checked after the release: no more errors of this kind.",
    "Closed. If it comes back, please open a new issue and link this one.",
    "Thank you, that was quick!",
    "Verified in both languages.",
    "The follow-up is in the backlog.",
    "It is on the release notes.",
    "The number on the dashboard went down as hoped.",
];
const CUSTOMER_TALK: [&str; 8] = [
    "I have written to the customer and asked for the booking number.",
    "The customer called again and was friendly about it.",
    "They accept a voucher instead.",
    "Passed on to the partner, answer expected within two days.",
    "The customer sent the receipt.",
    "No answer for a week, I will close this on Friday.",
    "Refunded as goodwill, agreed with the team lead.",
    "The port has found it and keeps it for us.",
];

/// A comment on an issue of this type, written before or after it was finished.
pub(super) fn comment(kind: &str, finished: bool, dice: &mut Dice) -> String {
    let first = match kind {
        _ if finished => *dice.pick(&DONE_TALK),
        "Service Request" => *dice.pick(&CUSTOMER_TALK),
        _ => *dice.pick(&OPEN_TALK),
    };
    if finished || !dice.chance(22) {
        return first.to_owned();
    }
    let second = *dice.pick(&OPEN_TALK);
    if first == second { first.to_owned() } else { format!("{first}\n\n{second}") }
}

/// The same comment, addressed to somebody.
pub(super) fn mention(account_id: &str, body: &str, dice: &mut Dice) -> String {
    let form =
        dice.pick(&["can you have a look?", "what do you think?", "for your information.", "is this still right?"]);
    format!("[~accountid:{account_id}] {form} {body}")
}
