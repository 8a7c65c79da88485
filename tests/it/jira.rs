//! The client of Jira's interface: limits, failures that may pass, changes whose outcome is unknown, answers that are none.

use crate::peer::{Peer, app, connect, end, stream, world};
use chat_for_jira::app::App;
use chat_for_jira::error::{Action, Code, Error};
use chat_for_jira::jira::Jira;
use chat_for_jira::jira::edition::Edition;
use chat_for_jira::jira::request::{Request, Upload};
use chat_for_jira::jira::requests::{issues, metadata, search, talk};
use chat_for_jira::jira::traffic::{Pause, Reach};
use chat_for_jira::platform::memory::{Memory, Reply, World};
use chat_for_jira::platform::{Content, HttpError, HttpRequest};
use chat_for_jira::rich::text;
use chat_for_jira::vocabulary::Vocabulary;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const ROOT: &str = "https://api.atlassian.com/ex/jira/site-0/rest/api/3";

struct Office {
    world: World,
    app: App<Memory>,
    id: String,
    peer: Rc<Peer>,
}

/// Somebody who is signed in to Jira Cloud.
fn office() -> Office {
    let (world, peer) = world(1);
    let worker = app(&world);
    let id = connect(&world, &worker);
    Office { world, app: worker.0, id, peer }
}

impl Office {
    fn send(&self, request: &Request) -> Result<Value, Error> {
        self.send_telling(request, &|_| {})
    }

    fn send_telling(&self, request: &Request, tell: &dyn Fn(Pause)) -> Result<Value, Error> {
        self.world.run(async {
            let account = self.app.tokens().account(&self.id).await?;
            let jira = Jira::new(self.app.tokens(), self.app.platform(), &account)?.telling(tell);
            jira.send(request).await
        })
    }

    /// What Jira was asked since the sign-in, as `POST /issue`.
    fn asked(&self) -> Vec<String> {
        let line = |request: &HttpRequest| {
            let path = request.url.strip_prefix(ROOT)?;
            Some(format!("{:?} {}", request.method, path.split('?').next()?).to_uppercase())
        };
        self.world.http().requests().iter().filter_map(line).collect()
    }

    fn answers(&self, replies: impl IntoIterator<Item = Reply>) {
        replies.into_iter().for_each(|reply| self.world.http().queue(reply));
    }
}

fn fine() -> Reply {
    Reply::json(200, &json!({"issues": [], "values": []}))
}

fn busy(reason: &str, seconds: u32) -> Reply {
    Reply::text(429, "").header("retry-after", &seconds.to_string()).header("ratelimit-reason", reason)
}

fn comment() -> Request {
    talk::comment(Edition::Cloud, "MOB-1", &"yes".into(), "mia")
}

#[test]
fn a_short_pause_is_told_and_waited_for() {
    for (reason, reach) in [
        ("jira-burst-based", Reach::Endpoint),
        ("jira-per-issue-on-write", Reach::Issue),
        ("jira-quota-tenant-based", Reach::Account),
        ("jira-quota-global-based", Reach::Account),
    ] {
        let office = office();
        office.answers([busy(reason, 5), Reply::json(201, &json!({"id": "7"}))]);
        let (before, told) = (office.world.now(), RefCell::new(Vec::new()));
        let answer = office.send_telling(&comment(), &|pause| told.borrow_mut().push(pause)).unwrap();
        assert_eq!(answer["id"], "7", "{reason}");
        let waited = office.world.now().since(before);
        assert!(waited >= Duration::from_secs(5) && waited < Duration::from_secs(9), "{reason}: {waited:?}");
        assert_eq!(told.borrow().iter().map(|pause| pause.reach).collect::<Vec<_>>(), [reach], "{reason}");
        assert_eq!(office.asked(), ["POST /ISSUE/MOB-1/COMMENT"; 2]);
    }
}

#[test]
fn a_long_pause_is_told_with_its_end_and_nothing_is_asked_before_it() {
    let office = office();
    office.answers([busy("jira-quota-tenant-based", 1800)]);
    let end = office.world.now().after(Duration::from_secs(1800));
    for _ in 0..3 {
        let refused = office.send(&metadata::fields()).unwrap_err();
        assert_eq!(refused.code, Code::RateLimited);
        assert!(matches!(refused.action, Action::Retry { at: Some(at) } if at == end), "{refused:?}");
        assert!(refused.message.contains("limit for this hour"), "{}", refused.message);
    }
    assert_eq!(office.asked().len(), 1);
    office.answers([fine()]);
    office.world.advance(Duration::from_secs(1801));
    office.send(&metadata::fields()).unwrap();
}

#[test]
fn a_burst_stops_only_the_same_request() {
    let office = office();
    office.answers([busy("jira-burst-based", 600)]);
    office.send(&metadata::fields()).unwrap_err();
    office.answers([fine()]);
    office.send(&metadata::statuses()).unwrap();
}

#[test]
fn writes_to_one_issue_keep_below_jira_s_limit() {
    let office = office();
    office.answers((0..25).map(|_| Reply::text(204, "")));
    let before = office.world.now();
    (0..19).for_each(|_| drop(office.send(&issues::vote("MOB-1")).unwrap()));
    assert!(office.world.now().since(before) >= Duration::from_secs(2), "the 19th waits");
    let before = office.world.now();
    office.send(&issues::vote("MOB-2")).unwrap();
    assert!(office.world.now().since(before) < Duration::from_secs(1), "another issue does not");
}

#[test]
fn a_read_is_asked_again_after_what_may_pass_and_not_more_than_three_times() {
    for fault in
        [Reply::Fail(HttpError::Network), Reply::text(503, "busy"), Reply::text(500, ""), Reply::text(200, "<html>")]
    {
        let office = office();
        office.answers([fault.clone(), fault.clone(), fine()]);
        office.send(&metadata::fields()).unwrap();
        office.answers([fault.clone(), fault.clone(), fault.clone(), fine()]);
        let failed = office.send(&metadata::fields()).unwrap_err();
        assert!(matches!(failed.code, Code::Offline | Code::ServerFailed | Code::RateLimited), "{failed:?}");
        assert_eq!(office.asked().len(), 6, "{fault:?}");
    }
}

#[test]
fn a_refusal_is_not_asked_again() {
    for (status, code) in [(400, Code::Refused), (403, Code::Refused), (404, Code::NotFound), (410, Code::ServerFailed)]
    {
        let office = office();
        office.answers([Reply::json(status, &json!({"errorMessages": ["So it is."]})), fine()]);
        let refused = office.send(&metadata::fields()).unwrap_err();
        assert_eq!(refused.code, code, "{status}");
        assert!(refused.message.contains("So it is."), "{}", refused.message);
        assert_eq!(office.asked().len(), 1);
    }
}

#[test]
fn a_change_that_may_have_happened_is_looked_for_before_it_is_sent_again() {
    for fault in [
        Reply::Fail(HttpError::Network),
        Reply::text(502, "<html>bad gateway"),
        Reply::Hang,
        Reply::text(201, "{\"id\": "),
    ] {
        let office = office();
        let made = json!({"comments": [{"id": "9", "body": "yes", "author": {"accountId": "mia"},
            "created": "2026-09-21T14:13:20.000+0000"}]});
        office.answers([fault.clone(), Reply::json(200, &made)]);
        let answer = office.send(&comment()).unwrap();
        assert_eq!(answer["id"], "9", "{fault:?}");
        assert_eq!(office.asked(), ["POST /ISSUE/MOB-1/COMMENT", "GET /ISSUE/MOB-1/COMMENT"], "it had happened");

        let office = self::office();
        let none = json!({"comments": []});
        office.answers([fault.clone(), Reply::json(200, &none), Reply::json(201, &json!({"id": "10"}))]);
        assert_eq!(office.send(&comment()).unwrap()["id"], "10");
        assert_eq!(office.asked().len(), 3, "it had not");
    }
}

#[test]
fn an_old_comment_of_the_same_words_does_not_count_as_this_one() {
    let office = office();
    let old = json!({"comments": [{"id": "9", "body": "yes", "author": {"accountId": "mia"},
        "created": "2026-09-20T14:13:20.000+0000"}]});
    office.answers([Reply::Fail(HttpError::Network), Reply::json(200, &old), Reply::json(201, &json!({"id": "10"}))]);
    assert_eq!(office.send(&comment()).unwrap()["id"], "10");
}

#[test]
fn what_cannot_be_looked_for_is_never_sent_twice() {
    let fields = json!({"project": {"key": "MOB"}, "issuetype": {"id": "1"}, "summary": "Ferry times"});
    let nothing_found = || vec![Reply::Fail(HttpError::Network), fine()];
    let only_failure = || vec![Reply::Fail(HttpError::Network)];
    let look_fails = || vec![Reply::Fail(HttpError::Network), Reply::text(400, ""), fine()];
    let added = json!({"labels": [{"add": "x"}]});
    for (request, replies) in [
        (issues::create(Edition::Cloud, &fields), nothing_found()),
        (issues::create_many(std::slice::from_ref(&fields)), only_failure()),
        (issues::edit("MOB-1", &json!({}), &added), only_failure()),
        (comment(), look_fails()),
    ] {
        let office = office();
        office.answers(replies);
        let failed = office.send(&request).unwrap_err();
        assert!(failed.message.contains("Look in Jira before you repeat it"), "{}: {}", request.name, failed.message);
        let sent =
            office.asked().iter().filter(|line| line.starts_with("POST /ISSUE") || line.starts_with("PUT")).count();
        assert_eq!(sent, 1, "{}", request.name);
    }
}

#[test]
fn a_new_issue_is_found_again_by_its_summary() {
    let office = office();
    let fields = json!({"project": {"key": "MOB"}, "issuetype": {"id": "1"}, "summary": "Ferry times"});
    let found = json!({"issues": [{"id": "1", "key": "MOB-99", "fields": {"summary": "Ferry times", "project": {"id": "7", "key": "MOB"},
        "issuetype": {"id": "1", "name": "Bug"}, "created": "2026-09-21T14:13:20.000+0000"}}]});
    office.answers([Reply::Fail(HttpError::Network), Reply::json(200, &found)]);
    assert_eq!(office.send(&issues::create(Edition::Cloud, &fields)).unwrap()["key"], "MOB-99");
}

#[test]
fn a_void_token_is_renewed_once_and_the_request_sent_again() {
    let office = office();
    let void = || Reply::json(401, &json!({"code": 401, "message": "Unauthorized"}));
    let tokens = office.peer.token_requests.get();
    office.world.http().queue(void());
    // The queue goes before the peer, which renews and then does not know the path.
    let refused = office.send(&metadata::fields()).unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    assert_eq!(office.peer.token_requests.get(), tokens + 1);
    assert_eq!(office.asked().len(), 2);
}

#[test]
fn an_answer_that_is_none_is_told_as_such() {
    let page = "<!DOCTYPE html><title>Sign in to the guest network</title>";
    for body in [page, "", "{\"issues\": [", "\u{0}\u{1}"] {
        let office = office();
        office.answers((0..3).map(|_| Reply::text(200, body)));
        let failed = office.send(&metadata::fields()).unwrap_err();
        assert_eq!(failed.code, Code::ServerFailed, "{body:?}");
        assert!(failed.message.contains("cannot be read"), "{}", failed.message);
        assert!(!failed.message.contains('<'));
    }
}

#[test]
fn an_answer_without_an_end_is_told_as_too_long() {
    let office = office();
    office.answers([Reply::Fail(HttpError::TooLong { status: 200 })]);
    let failed = office.send(&metadata::fields()).unwrap_err();
    assert!(failed.message.contains("longer than"), "{}", failed.message);
    assert_eq!(office.asked().len(), 1, "asking again would be as long");
}

#[test]
fn a_missing_scope_is_named() {
    let office = office();
    office.answers(
        (0..3).map(|_| Reply::json(401, &json!({"code": 401, "message": "Unauthorized; scope does not match"}))),
    );
    let sprint = chat_for_jira::jira::requests::agile::sprint(1);
    let refused = office.send(&sprint).unwrap_err();
    assert!(refused.message.contains("read:sprint:jira-software"), "{}", refused.message);
    assert!(
        matches!(&refused.action, Action::SignIn { account, scopes } if *account == office.id && scopes.len() == 3)
    );
}

#[test]
fn a_file_goes_as_it_is() {
    let office = office();
    office.answers([Reply::json(200, &json!([{"id": "1"}]))]);
    let bytes: Vec<u8> = (0..=255).collect();
    let file = Upload { name: "a\"\r\nb.png".into(), media_type: "image/png".into(), bytes: bytes.clone() };
    office.send(&issues::attach("MOB-1", file)).unwrap();
    let sent = office.world.http().requests().pop().unwrap();
    let header = |name: &str| sent.headers.iter().find(|(known, _)| known == name).unwrap().1.expose().to_owned();
    let boundary = header("content-type").strip_prefix("multipart/form-data; boundary=").unwrap().to_owned();
    assert_eq!(header("x-atlassian-token"), "no-check");
    let Some(Content::Bytes(body)) = &sent.body else { panic!("no bytes") };
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22%0D%0Ab.png\"\r\nContent-Type: image/png\r\n\r\n"
    );
    let tail = format!("\r\n--{boundary}--\r\n");
    assert_eq!(*body, [head.as_bytes(), &bytes, tail.as_bytes()].concat());
}

#[test]
fn what_was_just_written_is_searched_for_as_it_is_now() {
    let wanted =
        search::Search { jql: "a = 1", fields: &["summary"], page_size: 50, cursor: None, reconcile: &[7; 60] };
    let office = office();
    office.answers([fine()]);
    office.send(&search::search(Edition::Cloud, &wanted)).unwrap();
    let body: Value = serde_json::from_str(office.world.http().requests().pop().unwrap().text()).unwrap();
    assert_eq!(body["reconcileIssues"].as_array().unwrap().len(), 50, "Jira's limit");
}

#[test]
fn an_administrator_s_read_only_is_kept() {
    let office = office();
    office.world.extras().set_policy(json!({"read_only": true}));
    let refused = office.send(&issues::vote("MOB-1")).unwrap_err();
    assert_eq!(refused.code, Code::Forbidden);
    office.answers([fine()]);
    office.send(&metadata::fields()).unwrap();
    assert_eq!(office.asked().len(), 1);
}

/// Signs in again with these scopes beside the usual ones; what the consent page was asked for.
fn asked_for(office: &Office, more: &[&str]) -> Vec<String> {
    let (peer, seen) = (Rc::clone(&office.peer), Rc::new(RefCell::new(String::new())));
    let shown = Rc::clone(&seen);
    office.world.edge().on_consent(move |url, _| {
        *shown.borrow_mut() = url.to_owned();
        Some(Ok(peer.consent(url)))
    });
    let worker = app(&office.world);
    let messages = stream(&office.world, &worker, "panel", "reconnect", json!({"account": office.id, "scopes": more}));
    assert_eq!(end(&messages)["done"]["id"], office.id.as_str(), "{messages:?}");
    let url = url::Url::parse(&seen.borrow()).unwrap();
    let scope = url.query_pairs().find(|(name, _)| name == "scope").unwrap().1;
    scope.split(' ').map(str::to_owned).collect()
}

#[test]
fn a_new_consent_is_for_all_scopes_because_it_replaces_the_old_one() {
    let office = office();
    let usual = ["read:jira-work", "read:jira-user", "read:me", "offline_access"];
    assert_eq!(asked_for(&office, &[]), usual);
    let sprints = ["read:sprint:jira-software"];
    assert_eq!(asked_for(&office, &sprints), [usual.as_slice(), &sprints].concat());
    let all = [usual.as_slice(), &sprints, &["write:jira-work"]].concat();
    assert_eq!(asked_for(&office, &["write:jira-work"]), all, "those of before too");
    office.world.extras().set_policy(json!({"read_only": true}));
    assert_eq!(asked_for(&office, &["write:sprint:jira-software"]), [usual.as_slice(), &sprints].concat());
}

#[test]
fn a_file_comes_as_it_is() {
    let bytes: Vec<u8> = (0..=255).collect();
    let office = office();
    let answer = chat_for_jira::platform::HttpResponse { status: 200, headers: Vec::new(), body: bytes };
    office.answers([Reply::Answer(answer)]);
    let content = office.send(&issues::content(Edition::Cloud, "7", "a.bin")).unwrap();
    let whole = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5fYGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn+AgYKDhIWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en6ChoqOkpaanqKmqq6ytrq+wsbKztLW2t7i5uru8vb6/wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t/g4eLj5OXm5+jp6uvs7e7v8PHy8/T19vf4+fr7/P3+/w==";
    assert_eq!(content, whole);
    let there = issues::content(Edition::DataCenter, "7", "../a b.bin");
    assert_eq!(there.target(), "/secure/attachment/7/..%2Fa%20b.bin");
}

#[test]
fn real_answers_are_read_without_loss() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/jira-samples");
    let Ok(text) = std::fs::read_to_string(folder.join("cloud-v3-search-issues.json")) else {
        eprintln!("skipped: there are no real answers beside the repository");
        return;
    };
    let real: Value = serde_json::from_str(&text).unwrap();
    let comments: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("cloud-v3-issue-comments.json")).unwrap()).unwrap();
    let office = office();
    let (page, shown) = office.world.run(async {
        let account = office.app.tokens().account(&office.id).await.unwrap();
        let jira = Jira::new(office.app.tokens(), office.app.platform(), &account).unwrap();
        let mut detail = real["issues"][0].clone();
        detail["fields"]["comment"] = comments.clone();
        office.answers([Reply::json(200, &real), Reply::json(200, &detail)]);
        (
            jira.search("a = 1", None, 50).await.unwrap(),
            jira.issue("TESTKEY13-1", &Vocabulary::default()).await.unwrap(),
        )
    });
    let issues = real["issues"].as_array().unwrap();
    assert_eq!((page.rows.len(), page.next), (issues.len(), None));
    for (row, issue) in page.rows.iter().zip(issues) {
        let fields = &issue["fields"];
        assert_eq!(row.key, issue["key"].as_str().unwrap());
        assert_eq!(row.summary, fields["summary"].as_str().unwrap());
        assert_eq!(row.status, fields["status"]["name"].as_str().unwrap());
        assert_eq!(json!(row.status_category), fields["status"]["statusCategory"]["key"]);
        assert_eq!(row.issue_type, fields["issuetype"]["name"].as_str().unwrap());
        assert_eq!(row.priority.as_deref(), fields["priority"]["name"].as_str());
        assert_eq!(
            row.assignee.as_ref().map(|person| person.name.as_str()),
            fields["assignee"]["displayName"].as_str()
        );
        assert_eq!(
            (row.updated.as_str(), row.due.as_deref()),
            (fields["updated"].as_str().unwrap(), fields["duedate"].as_str())
        );
    }
    let all = comments["comments"].as_array().unwrap();
    let newest = &all[all.len().saturating_sub(5)..];
    let said = |data: &Value| data["author"]["displayName"].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        shown.comments.iter().map(|one| one.author.clone()).collect::<Vec<_>>(),
        newest.iter().map(said).collect::<Vec<_>>()
    );
    for (comment, real) in shown.comments.iter().zip(newest) {
        for word in texts(&real["body"]) {
            let said = text::write(&comment.body);
            assert!(said.contains(word.trim()), "{word:?} is missing in {said:?}");
        }
    }
    assert_eq!(usize::try_from(shown.comment_total).unwrap(), all.len());
}

/// All texts of a document.
fn texts(document: &Value) -> Vec<&str> {
    let own = document["text"].as_str().into_iter();
    own.chain(document["content"].as_array().into_iter().flatten().flat_map(texts)).collect()
}

#[test]
fn work_on_another_day_does_not_count_as_this_work() {
    for (there, sent) in [("2026-09-20T10:00:00.000+0200", 3), ("2026-09-21T10:00:00.000+0200", 2)] {
        let work = talk::Work { started: "2026-09-21T08:00:00.000+0000", seconds: 3600, comment: &Value::Null };
        let office = office();
        let logged = json!({"worklogs": [{"id": "9", "timeSpentSeconds": 3600, "author": {"accountId": "mia"}, "started": there,
            "created": "2026-09-21T14:13:20.000+0000"}]});
        let made = Reply::json(201, &json!({"id": "10"}));
        office.answers([Reply::Fail(HttpError::Network), Reply::json(200, &logged), made]);
        office.send(&talk::log_work(Edition::Cloud, "MOB-1", &work, "mia")).unwrap();
        assert_eq!(office.asked().len(), sent, "{there}");
    }
}
