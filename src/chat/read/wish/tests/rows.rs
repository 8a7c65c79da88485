//! The sentences.

use super::{check, context, none, open, searched, shown};

#[test]
fn a_new_issue_is_told_in_one_sentence() {
    check(
        &[
            ("create a bug in OVEN: door does not close", "create in=OVEN type=Bug summary=door does not close"),
            ("create a bug", "create type=Bug"),
            ("new task for Pia: order flour", "create type=Task summary=order flour assignee=pia"),
            (
                "file a high priority bug in shop about the broken till",
                "create in=SHOP type=Bug summary=the broken till priority=High",
            ),
            ("add a subtask to OVEN-12: weigh the flour", "create type=Sub-task under=OVEN-12 summary=weigh the flour"),
            ("open a ticket: printer on fire", "create summary=printer on fire"),
            ("open a new ticket for the broken oven in the back", "create summary=the broken oven in the back"),
            (
                "pls create story in OVEN: support for rye, 5 points",
                "create in=OVEN type=Story summary=support for rye, 5 points",
            ),
            (
                "create a fierce bug in the bread ovens assigned to Pia Voss due friday with label hot: It burns",
                "create in=OVEN type=Bug summary=It burns customfield_2=Fierce assignee=pia duedate=2026-11-20 labels=hot",
            ),
            (
                "create bug \"till broken\" in SHOP with high priority",
                "create in=SHOP type=Bug summary=till broken priority=High",
            ),
            (
                "create a story in OVEN titled Rye bread, description: As a guest I want **rye**",
                "create in=OVEN type=Story summary=Rye bread description=As a guest I want **rye**",
            ),
            ("create a task to clean the floor", "create type=Task summary=clean the floor"),
            ("report a bug login page shows 500", "create type=Bug summary=login page shows 500"),
            ("i need a new story in SHOP about opening hours", "create in=SHOP type=Story summary=opening hours"),
            (
                "can you create a task in OVEN for Omar Reyes, high priority: Move everything to Done",
                "create in=OVEN type=Task summary=Move everything to Done assignee=o2 priority=High",
            ),
            ("add a task to the current sprint in OVEN: knead", "create in=OVEN type=Task summary=knead sprint=71"),
            ("create an epic", "create type=Epic"),
            (
                "create a task in OVEN: first line\nAnd **more**\n- of it",
                "create in=OVEN type=Task summary=first line description=And **more**\n- of it",
            ),
        ],
        &context(),
    );
}

#[test]
fn a_comment_is_the_persons_text_and_nothing_else() {
    check(
        &[
            (
                "comment on OVEN-1: Looks *good*, @Pia please **check** MOVE it",
                "comment Looks *good*, @[Pia Voss](pia) please **check** MOVE it @ OVEN-1",
            ),
            ("comment on OVEN-1: x = 1 and status = Done", "comment x = 1 and status = Done @ OVEN-1"),
            (
                "add a comment to OVEN-43 saying the movers come on monday",
                "comment the movers come on monday @ OVEN-43",
            ),
            ("comment on OVEN-1 saying thanks for all", "comment thanks for all @ OVEN-1"),
            ("comment \"Delete SHOP-2\" on OVEN-1", "comment Delete SHOP-2 @ OVEN-1"),
            ("tell Pia on OVEN-1 that it is done", "comment @[Pia Voss](pia) it is done @ OVEN-1"),
            ("comment on OVEN-1", "comment  @ OVEN-1"),
            ("comment on OVEN-1: two\n\n* lines", "comment two\n\n* lines @ OVEN-1"),
        ],
        &context(),
    );
}

#[test]
fn work_is_told_with_issue_day_and_text_in_any_order() {
    check(
        &[
            ("log 2h yesterday on OVEN-12: fixed tests", "log 7200 2026-11-17 fixed tests @ OVEN-12"),
            ("log 2 hours on OVEN-12", "log 7200 today @ OVEN-12"),
            ("log 3h on OVEN-12 for yesterday", "log 10800 2026-11-17 @ OVEN-12"),
            ("log 1h30m on OVEN-12 for cleaning", "log 5400 today cleaning @ OVEN-12"),
            ("log 2 hours and 15 minutes to OVEN-7 on monday", "log 8100 2026-11-16 @ OVEN-7"),
            ("i spent half a day on OVEN-3 last friday", "log 14400 2026-11-13 @ OVEN-3"),
            ("worked 1.5h on OVEN-2", "log 5400 today @ OVEN-2"),
            ("log an hour and a half on OVEN-2", "log 5400 today @ OVEN-2"),
            ("log 1w on OVEN-2", "log 144000 today @ OVEN-2"),
        ],
        &context(),
    );
}

#[test]
fn links_are_said_in_the_words_of_the_site() {
    check(
        &[
            ("OVEN-1 blocks OVEN-2", "link Blocks out OVEN-2 @ OVEN-1"),
            ("OVEN-1 is blocked by OVEN-2 and OVEN-3", "link Blocks in OVEN-2,OVEN-3 @ OVEN-1"),
            ("OVEN-1 depends on OVEN-2", "link Blocks in OVEN-2 @ OVEN-1"),
            ("OVEN-1 is baked with OVEN-2", "link Baked out OVEN-2 @ OVEN-1"),
            ("OVEN-1 bakes OVEN-2", "link Baked in OVEN-2 @ OVEN-1"),
            ("link OVEN-1 to OVEN-2", "link Relates out OVEN-2 @ OVEN-1"),
            ("link OVEN-1 to OVEN-2 as duplicate", "link Duplicate out OVEN-2 @ OVEN-1"),
            ("mark OVEN-84 as duplicate of OVEN-56", "link Duplicate out OVEN-56 @ OVEN-84"),
            ("unlink OVEN-1 from OVEN-2", "unlink OVEN-2 @ OVEN-1"),
            ("remove the link between OVEN-1 and OVEN-2", "unlink OVEN-2 @ OVEN-1"),
        ],
        &context(),
    );
}

#[test]
fn fields_get_values_of_their_kind() {
    check(
        &[
            ("set priority of OVEN-1 to high", "edit priority=High @ OVEN-1"),
            ("set OVEN-1 priority to low", "edit priority=Low @ OVEN-1"),
            ("change the due date of OVEN-2 to next friday", "edit duedate=2026-11-27 @ OVEN-2"),
            ("set due date of OVEN-2 to in 3 days", "edit duedate=2026-11-21 @ OVEN-2"),
            ("set due date of OVEN-2 to end of the month", "edit duedate=2026-11-30 @ OVEN-2"),
            ("set due date of OVEN-2 to tomorrow", "edit duedate=2026-11-19 @ OVEN-2"),
            ("change type of OVEN-3 to story", "edit issuetype=Story @ OVEN-3"),
            (
                "set heat of OVEN-1 to fierce and story points to 5",
                "edit customfield_2=Fierce customfield_1=5 @ OVEN-1",
            ),
            ("set priority to high and due date to friday on OVEN-1", "edit priority=High duedate=2026-11-20 @ OVEN-1"),
            ("add label hot to SHOP-7", "edit labels+hot @ SHOP-7"),
            ("add labels hot and gluten-free to SHOP-7", "edit labels+hot,gluten-free @ SHOP-7"),
            ("add label brand-new to SHOP-7", "edit labels+brand-new @ SHOP-7"),
            ("tag SHOP-7 with hot", "edit labels+hot @ SHOP-7"),
            ("remove component Crust from OVEN-3", "edit components-Crust @ OVEN-3"),
            ("add components Crust and Filling to OVEN-3", "edit components+Crust,Filling @ OVEN-3"),
            ("clear the fix version of OVEN-1", "edit fixVersions! @ OVEN-1"),
            ("set fix version of OVEN-1 to 2.0", "edit fixVersions=2.0 @ OVEN-1"),
            ("set the customer of OVEN-1 to Globex Bakers Ltd", "edit customfield_4=Globex Bakers Ltd @ OVEN-1"),
            ("rename OVEN-1 to 'Better crust'", "edit summary=Better crust @ OVEN-1"),
            ("rename OVEN-1 to assign all bugs to Pia", "edit summary=assign all bugs to Pia @ OVEN-1"),
            ("edit the description of OVEN-1 to: see *this*", "edit description=see *this* @ OVEN-1"),
            ("estimate OVEN-3 at 5 points", "edit customfield_1=5 @ OVEN-3"),
            ("estimate OVEN-3 at 2d 4h", "edit originalEstimate=2d 4h @ OVEN-3"),
            ("make OVEN-1 high priority", "edit priority=High @ OVEN-1"),
            ("update OVEN-1: priority high, due tomorrow", "edit priority=High duedate=2026-11-19 @ OVEN-1"),
            (
                "set priority of all open bugs in SHOP to highest",
                "edit priority=Highest @ statusCategory != Done AND issuetype = Bug AND project = SHOP",
            ),
            ("put OVEN-1 under epic OVEN-5", "edit parent=OVEN-5 @ OVEN-1"),
            ("flag OVEN-1", "edit customfield_3=Impediment @ OVEN-1"),
            ("unflag OVEN-1", "edit customfield_3! @ OVEN-1"),
            ("postpone OVEN-1 to next monday", "edit duedate=2026-11-23 @ OVEN-1"),
            ("set priority of OVEN-1 to high and tell Pia", "edit priority=High @ OVEN-1 ? and tell Pia"),
            (
                "bulk edit: all gluten-free bugs -> low priority",
                "edit priority=Low @ labels = gluten-free AND issuetype = Bug",
            ),
        ],
        &context(),
    );
}

#[test]
fn a_step_is_named_by_its_status_or_by_the_verb() {
    check(
        &[
            ("OVEN-1 -> Done", "step Done @ OVEN-1"),
            ("move OVEN-1 to Tasting", "step Tasting @ OVEN-1"),
            ("move OVEN-1 to Somewhere Else", "step Somewhere Else @ OVEN-1"),
            ("mark OVEN-1 as done", "step Done @ OVEN-1"),
            ("set status of OVEN-1 to in review", "step In Review @ OVEN-1"),
            ("close OVEN-1", "step Done @ OVEN-1"),
            ("reopen OVEN-3", "step To Do @ OVEN-3"),
            ("start OVEN-3", "step In Progress @ OVEN-3"),
            ("start working on OVEN-3", "step In Progress @ OVEN-3"),
            ("i'm done with OVEN-3", "step Done @ OVEN-3"),
            ("resolve OVEN-1 as won't do", "step Done resolution=Won't Do @ OVEN-1"),
            ("mark OVEN-1 as won't do", "step Done resolution=Won't Do @ OVEN-1"),
            ("can you reopen OVEN-12? it is not fixed", "step To Do @ OVEN-12 ? it is not fixed"),
            ("close all my done tickets", "step Done @ assignee = currentUser() AND statusCategory = Done"),
            ("please move OVEN-1 to in review, thanks!", "step In Review @ OVEN-1"),
            (
                "move everything in review assigned to Pia to Done",
                "step Done @ status = \"In Review\" AND assignee = \"Pia Voss\"",
            ),
            ("re-open OVEN-1", "step To Do @ OVEN-1"),
        ],
        &context(),
    );
}

#[test]
fn issues_are_given_to_people_by_any_part_of_their_name() {
    check(
        &[
            ("assign OVEN-1 to Pia", "assign pia Pia Voss @ OVEN-1"),
            ("assign OVEN-1 to Nora", "assign me @ OVEN-1"),
            ("assign OVEN-1 to me", "assign me @ OVEN-1"),
            ("assign Pia to OVEN-1", "assign pia Pia Voss @ OVEN-1"),
            ("give OVEN-1 to Pia Voss", "assign pia Pia Voss @ OVEN-1"),
            ("take OVEN-3", "assign me @ OVEN-3"),
            ("i'll take OVEN-3", "assign me @ OVEN-3"),
            ("unassign OVEN-1", "assign nobody @ OVEN-1"),
            ("assign OVEN-1 to nobody", "assign nobody @ OVEN-1"),
            (
                "assign all my open bugs in OVEN to Pia",
                "assign pia Pia Voss @ assignee = currentUser() AND statusCategory != Done AND issuetype = Bug AND project = OVEN",
            ),
            ("assign everything assigned to Pia to Omar Reyes", "assign o2 Omar Reyes @ assignee = \"Pia Voss\""),
            ("unassign everything from Pia", "assign nobody @ assignee = \"Pia Voss\""),
            ("assign OVEN-1 to Pia and move it to Done", "assign pia Pia Voss @ OVEN-1 ? and move it to Done"),
            ("asign OVEN-1 to Pia", "assign pia Pia Voss @ OVEN-1"),
        ],
        &context(),
    );
}

#[test]
fn watching_voting_sprints_places_copies_files_and_the_end() {
    check(
        &[
            ("watch OVEN-1", "watch true @ OVEN-1"),
            ("watch OVEN-1 for me", "watch true @ OVEN-1"),
            ("stop watching OVEN-1", "watch false @ OVEN-1"),
            ("remove me as watcher from OVEN-1", "watch false @ OVEN-1"),
            ("watch all bugs in SHOP", "watch true @ issuetype = Bug AND project = SHOP"),
            ("vote for OVEN-1", "vote true @ OVEN-1"),
            ("remove my vote from OVEN-1", "vote false @ OVEN-1"),
            ("move OVEN-1 to the current sprint", "sprint Current @ OVEN-1"),
            ("add OVEN-1 to the next sprint", "sprint Next @ OVEN-1"),
            ("move OVEN-1 to Dough 8", "sprint 72 Dough 8 @ OVEN-1"),
            ("move OVEN-1 to the backlog", "sprint Backlog @ OVEN-1"),
            ("take OVEN-1 out of the sprint", "sprint Backlog @ OVEN-1"),
            ("move OVEN-1 to the top of the backlog", "rank Top @ OVEN-1"),
            ("rank OVEN-1 last", "rank Bottom @ OVEN-1"),
            ("rank OVEN-1 before OVEN-2", "rank before OVEN-2 @ OVEN-1"),
            ("move OVEN-1 below OVEN-2", "rank after OVEN-2 @ OVEN-1"),
            ("clone OVEN-1", "clone @ OVEN-1"),
            ("clone OVEN-85 for next year", "clone @ OVEN-85 ? for next year"),
            ("attach the log file to OVEN-117", "attach @ OVEN-117"),
            ("attach a file to OVEN-1", "attach @ OVEN-1"),
            ("delete OVEN-30", "delete @ OVEN-30"),
            ("delete all done tickets", "delete @ statusCategory = Done"),
            ("delete OVEN-1 and OVEN-2", "delete @ OVEN-1,OVEN-2"),
            ("open OVEN-12", "show OVEN-12"),
        ],
        &context(),
    );
}

#[test]
fn what_is_in_doubt_is_asked_and_what_is_impossible_is_declined() {
    check(
        &[
            (
                "set due date of OVEN-2 to 03/04/2027",
                "ask “03/04/2027”: which day is it? set due date of OVEN-2 to 2027-04-03 / set due date of OVEN-2 to 2027-03-04",
            ),
            (
                "raise the priority of OVEN-1",
                "ask Which priority shall it be? set the priority of OVEN-1 to \"Highest\" / set the priority of OVEN-1 to \"High\" / set the priority of OVEN-1 to \"Medium\" / set the priority of OVEN-1 to \"Low\"",
            ),
            ("postpone OVEN-1 by two days", "ask Until which day? When it is due now is not known here."),
            (
                "assign OVEN-1 to Omar",
                "ask “Omar” can mean several. Which one? assign OVEN-1 to \"Omar Haddad\" / assign OVEN-1 to \"Omar Reyes\"",
            ),
            ("assign OVEN-1 to Zacharias", "ask I know nobody called “Zacharias”. Who is meant?"),
            (
                "tell Omar on OVEN-1 that it is done",
                "ask “Omar” can mean several. Which one? tell \"Omar Haddad\" on OVEN-1 that it is done / tell \"Omar Reyes\" on OVEN-1 that it is done",
            ),
            ("log work on OVEN-1", "ask How long did you work on it? Say for example: log 1h 30m on it."),
            (
                "link OVEN-1 with OVEN-2 as blocker",
                "ask Which one blocks the other? OVEN-1 blocks OVEN-2 / OVEN-2 blocks OVEN-1",
            ),
            (
                "split OVEN-117 into three subtasks",
                "decline I cannot split or merge issues here. Do it in Jira itself.",
            ),
            ("start sprint 43", "decline I cannot begin or end sprints here. Do it in Jira itself."),
            (
                "create a new project for the bakery",
                "decline I cannot change how Jira is set up here. Do it in Jira itself.",
            ),
            (
                "move OVEN-3 to project SHOP",
                "decline I cannot move issues to other projects here. Do it in Jira itself.",
            ),
            ("close it", "ask Which issue do you mean?"),
            (
                "move the first to In Review",
                "ask Which issues? None are shown yet. Say their keys, or search for them first.",
            ),
            ("close those", "ask Which issues? None are shown yet. Say their keys, or search for them first."),
            ("delete all of them", "ask Which issues? None are shown yet. Say their keys, or search for them first."),
            ("add label hot", "ask Which issue do you mean? Say its key."),
            ("assign it to Pia", "ask Which issue do you mean?"),
            ("comment: looks good", "ask Which issue do you mean? Say its key."),
            ("log 1h 30m", "ask Which issue do you mean? Say its key."),
        ],
        &context(),
    );
}

#[test]
fn what_is_at_hand_need_not_be_named() {
    check(
        &[
            ("close this", "step Done @ OVEN-9"),
            ("close it", "step Done @ OVEN-9"),
            ("close the ticket", "step Done @ OVEN-9"),
            ("assign to me", "assign me @ OVEN-9"),
            ("assign it to Pia", "assign pia Pia Voss @ OVEN-9"),
            ("move the second one to In Review", "step In Review @ SHOP-2"),
            ("move the last one to done", "step Done @ SHOP-3"),
            ("move the first two to done", "step Done @ SHOP-1,SHOP-2"),
            ("assign #2 to Pia", "assign pia Pia Voss @ SHOP-2"),
            ("assign number 3 to me", "assign me @ SHOP-3"),
            ("take those", "assign me @ SHOP-1,SHOP-2,SHOP-3"),
            ("close all of them", "step Done @ SHOP-1,SHOP-2,SHOP-3"),
            ("move the first to In Review and tell Pia why", "step In Review @ SHOP-1 ? and tell Pia why"),
            ("close the fifth one", "ask Only 3 issues are shown. Which one do you mean?"),
            ("log 1h 30m", "log 5400 today @ OVEN-9"),
            ("log 45m on the second one", "log 2700 today @ SHOP-2"),
            ("comment: looks good to me", "comment looks good to me @ OVEN-9"),
            ("add a comment: looks good", "comment looks good @ OVEN-9"),
            ("comment on it: **bold** text", "comment **bold** text @ OVEN-9"),
            ("add label hot", "edit labels+hot @ OVEN-9"),
            ("change the due date to friday", "edit duedate=2026-11-20 @ OVEN-9"),
            ("clear the fix version", "edit fixVersions! @ OVEN-9"),
            ("make it high priority", "edit priority=High @ OVEN-9"),
            ("make this a bug", "edit issuetype=Bug @ OVEN-9"),
            ("rename it to Better Name please", "edit summary=Better Name please @ OVEN-9"),
            ("mark it as duplicate of SHOP-2", "link Duplicate out SHOP-2 @ OVEN-9"),
            ("link it to SHOP-2", "link Relates out SHOP-2 @ OVEN-9"),
            ("set the assignee to Pia", "assign pia Pia Voss @ OVEN-9"),
            (
                "raise the priority",
                "ask Which priority shall it be? set the priority of OVEN-9 to \"Highest\" / set the priority of OVEN-9 to \"High\" / set the priority of OVEN-9 to \"Medium\" / set the priority of OVEN-9 to \"Low\"",
            ),
            ("add it to the current sprint", "sprint Current @ OVEN-9"),
            ("delete the second one", "delete @ SHOP-2"),
            ("add a subtask to this: weigh", "create type=Sub-task under=OVEN-9 summary=weigh"),
            ("flag it", "edit customfield_3=Impediment @ OVEN-9"),
            ("create a bug in OVEN: x", "create in=OVEN type=Bug summary=x"),
            ("unlink SHOP-2", "unlink SHOP-2 @ OVEN-9"),
            ("undo that", "Undo"),
        ],
        &open(),
    );
}

#[test]
fn what_was_shown_is_named_by_its_place() {
    check(
        &[
            ("close the second one", "step Done @ SHOP-2"),
            ("close it", "ask Which issue do you mean? close SHOP-1 / close SHOP-2 / close SHOP-3"),
            ("assign the last two to Pia", "assign pia Pia Voss @ SHOP-2,SHOP-3"),
            ("watch the first and the third", "watch true @ SHOP-1,SHOP-3"),
            ("move all of them to tasting", "step Tasting @ SHOP-1,SHOP-2,SHOP-3"),
            ("delete everything", "delete @ SHOP-1,SHOP-2,SHOP-3"),
        ],
        &shown(),
    );
}

#[test]
fn a_search_that_sounds_like_an_action_stays_a_search() {
    let texts = [
        "show tickets created by Pia",
        "closed bugs",
        "open bugs in OVEN",
        "open high priority bugs",
        "log tickets",
        "issues about deleting users",
        "update log",
        "move requests",
        "which issues block OVEN-1",
        "list assigned to me",
        "assigned to me",
        "due tomorrow",
        "start date",
        "link type",
        "clone issues",
        "copy problems",
        "bugs marked as duplicate",
        "deleted users",
        "new bugs in OVEN",
        "new tickets this week",
        "new high priority bugs",
        "complete stories",
        "resolved by Pia",
        "reported by me",
        "most voted",
        "first 10 bugs",
        "blocked by OVEN-1",
        "linked to OVEN-1",
        "subtasks of OVEN-12",
        "duplicates of OVEN-1",
        "priority high",
        "status in review",
        "in the next sprint",
        "backlog",
        "done by Pia",
        "tell me what is open",
        "bugs to close",
        "what can I close",
        "can you show me open bugs",
        "close to the deadline",
        "create date after 1 September 2026",
        "comments mentioning delete",
        "\"delete all bugs\"",
        "move",
        "delete",
        "log",
        "grant admin access bugs",
        "assigned to Pia",
        "comments on OVEN-1",
        "logged work",
        "top 5 bugs",
        "flag bugs",
        "push bugs",
    ];
    none(&texts, &context());
}

#[test]
fn words_that_lean_on_a_search_change_the_search_and_no_issue() {
    let texts = [
        "drop the priority",
        "remove the date filter",
        "make it 14 days instead",
        "make that high and highest",
        "drop Pia",
        "add Omar Reyes to that",
        "add the ones in review too",
        "clear the fix version",
        "make it high priority",
        "remove label hot",
        "change the priority to high",
    ];
    none(&texts, &searched());
}
