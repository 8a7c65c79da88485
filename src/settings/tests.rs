use super::*;

#[test]
fn a_change_keeps_what_it_does_not_name_and_refuses_what_is_out_of_bounds() {
    let settings = Settings::default();
    let change = SettingsChange { retries: Some(5), ..SettingsChange::default() };
    let changed = settings.clone().changed(&change).unwrap();
    assert_eq!(changed, Settings { retries: 5, ..settings.clone() });
    for (change, field) in [
        (SettingsChange { check_interval_minutes: Some(0), ..SettingsChange::default() }, "check_interval_minutes"),
        (SettingsChange { check_interval_minutes: Some(61), ..SettingsChange::default() }, "check_interval_minutes"),
        (SettingsChange { threshold_minutes: Some(0), ..SettingsChange::default() }, "threshold_minutes"),
        (SettingsChange { retries: Some(11), ..SettingsChange::default() }, "retries"),
        (SettingsChange { auto_lock_minutes: Some(1441), ..SettingsChange::default() }, "auto_lock_minutes"),
    ] {
        let error = settings.clone().changed(&change).unwrap_err();
        assert_eq!(error.code, Code::InvalidConfiguration);
        assert!(matches!(&error.action, Action::FixSettings { field: Some(named) } if named == field), "{error:?}");
    }
}
