use super::*;

const STATES: [Health; 10] = [
    Health::Fresh,
    Health::Expiring,
    Health::Refreshing,
    Health::Retrying,
    Health::Expired,
    Health::ReauthRequired,
    Health::Misconfigured,
    Health::Locked,
    Health::NoExpiry,
    Health::SignedOut,
];

const HAPPENINGS: [Happening; 11] = [
    Happening::Acquired,
    Happening::AcquiredForGood,
    Happening::NearEnd,
    Happening::Ended,
    Happening::EndedForGood,
    Happening::RefreshBegan,
    Happening::RefreshFailed,
    Happening::GrantDied,
    Happening::AppRefused,
    Happening::Cleared,
    Happening::Locked,
];

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn every_arrow_is_the_one_of_the_table_in_the_documentation() {
    let rows: Vec<Vec<&str>> =
        include_str!("../health.md").lines().filter(|line| line.starts_with('|')).map(cells).collect();
    let names: Vec<String> = HAPPENINGS.iter().map(|happening| format!("{happening:?}")).collect();
    assert_eq!(rows[0][1..], names, "the columns of the table");
    assert_eq!(rows.len(), 2 + STATES.len(), "the rows of the table");
    for (state, row) in STATES.into_iter().zip(&rows[2..]) {
        assert_eq!(row[0], format!("{state:?}"));
        for (happening, cell) in HAPPENINGS.into_iter().zip(&row[1..]) {
            let next = transition(state, happening);
            let expected = if *cell == "·" { row[0].to_owned() } else { (*cell).to_owned() };
            assert_eq!(format!("{next:?}"), expected, "{state:?} and {happening:?}");
        }
    }
}

#[test]
fn every_state_can_be_left_and_every_state_but_refreshing_can_be_reached_from_a_new_sign_in() {
    for state in STATES {
        assert!(
            HAPPENINGS.into_iter().any(|happening| transition(state, happening) != state),
            "{state:?} has a way out"
        );
    }
    let mut reached = vec![Health::SignedOut];
    let mut next = 0;
    while let Some(state) = reached.get(next).copied() {
        for happening in HAPPENINGS {
            let to = transition(state, happening);
            if !reached.contains(&to) {
                reached.push(to);
            }
        }
        next += 1;
    }
    assert_eq!(reached.len(), STATES.len());
}
