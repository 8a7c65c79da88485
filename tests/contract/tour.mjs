/* Every route of the simulator asked, well and badly. What comes back is the tape's to judge. */

/** @typedef {import("./tape.mjs").Tape} Tape */

/** A text as Cloud wants it. @param {string} text */
const doc = (text) => ({
  type: "doc",
  version: 1,
  content: [{ type: "paragraph", content: [{ type: "text", text }] }],
});

/** @param {Tape} tape */
export async function tour(tape) {
  await site(tape);
  await people(tape);
  await search(tape);
  const key = await issues(tape);
  await around(tape, key);
  await links(tape, key);
  await files(tape, key);
  await bulk(tape, key);
  await agile(tape);
  await limits(tape);
  await strangers(tape);
}

/** What a site is made of. @param {Tape} tape */
async function site(tape) {
  const lists = [
    "field",
    "issuetype",
    "status",
    "statuscategory",
    "priority",
    "resolution",
    "configuration",
    "serverInfo",
  ];
  for (const path of [...lists, "issueLinkType", "attachment/meta", "jql/autocompletedata", "myself", "groups/picker"])
    await tape.ask("GET", path);
  for (const path of ["priority/search", "resolution/search", "label", "users/search", "project/search"]) {
    await tape.ask("GET", path);
    await tape.ask("GET", path, { query: { startAt: "1", maxResults: "2" } });
  }
  await tape.ask("GET", "myself", { query: { expand: "groups,applicationRoles" } });
  const types = await tape.ask("GET", "issuetype");
  await tape.ask("GET", `issuetype/${types.body[0].id}`);
  await tape.ask("GET", "issuetype/999999");
  const statuses = await tape.ask("GET", "status");
  await tape.ask("GET", `status/${statuses.body[0].id}`);
  await tape.ask("GET", "status/999999");
  await tape.ask("GET", "project/search", { query: { query: "mob", expand: "lead,description,issueTypes" } });
  for (const tail of ["", "/components", "/component", "/versions", "/version", "/statuses"]) {
    await tape.ask("GET", `project/MOB${tail}`);
    await tape.ask("GET", `project/NOPE${tail}`);
  }
  for (const path of ["issue/createmeta/MOB/issuetypes", "issue/createmeta/NOPE/issuetypes"])
    await tape.ask("GET", path);
  const kinds = await tape.ask("GET", "issue/createmeta/MOB/issuetypes");
  const kind = (kinds.body.issueTypes ?? kinds.body.createMetaIssueType)[0].id;
  await tape.ask("GET", `issue/createmeta/MOB/issuetypes/${kind}`);
  await tape.ask("GET", "issue/createmeta/MOB/issuetypes/999999");
  await tape.ask("GET", "mypermissions", { query: { permissions: "BROWSE_PROJECTS,EDIT_ISSUES", projectKey: "MOB" } });
  await tape.ask("GET", "mypermissions", { query: { permissions: "ADMINISTER" } });
  await tape.ask("GET", "mypermissions");
  await tape.ask("GET", "mypermissions", { query: { permissions: "FLY" } });
  await tape.ask("GET", "mypermissions", { query: { permissions: "EDIT_ISSUES", projectKey: "NOPE" } });
  await tape.ask("GET", "search", { query: { jql: "project = MOB" }, wrong: true });
  await tape.ask("POST", "search", { body: { jql: "project = MOB" }, wrong: true });
}

/** People, by what Cloud still lets them be named by. @param {Tape} tape */
async function people(tape) {
  const me = (await tape.ask("GET", "myself")).body.accountId;
  await tape.ask("GET", "user", { query: { accountId: me } });
  await tape.ask("GET", "user", { query: { accountId: "nobody" } });
  await tape.ask("GET", "user/search", { query: { query: "a" } });
  await tape.ask("GET", "user/search");
  await tape.ask("GET", "user/assignable/search", { query: { project: "MOB", query: "n" } });
  await tape.ask("GET", "user/assignable/search");
  await tape.ask("GET", "user/assignable/search", { query: { project: "NOPE" } });
  for (const [path, name] of [
    ["user", "username"],
    ["user", "key"],
    ["user/search", "username"],
    ["user/assignable/search", "username"],
  ]) {
    const gone = await tape.ask("GET", path ?? "", { query: { [name ?? ""]: "nora" } });
    if (gone.status !== 400) throw new Error(`${path}?${name} is taken: GDPR strict mode refuses it`);
  }
}

/** @param {Tape} tape */
async function search(tape) {
  const all = ["*all"];
  const first = await tape.ask("POST", "search/jql", { body: { jql: "project = MOB", fields: all, maxResults: 20 } });
  await tape.ask("POST", "search/jql", {
    body: { jql: "project = MOB", fields: all, nextPageToken: first.body.nextPageToken },
  });
  await tape.ask("GET", "search/jql", { query: { jql: "project = WEB", fields: "summary,status", maxResults: "5" } });
  await tape.ask("POST", "search/jql", { body: { jql: "project = SUP" } });
  for (const jql of ["", "order by key", "project = ", "nope = 1"]) {
    await tape.ask("POST", "search/jql", { body: { jql } });
    await tape.ask("GET", "search/jql", { query: { jql } });
    await tape.ask("POST", "search/approximate-count", { body: { jql } });
  }
  await tape.ask("POST", "search/jql", { body: { jql: 1 }, wrong: true });
  await tape.ask("POST", "search/approximate-count", { body: { jql: "project = MOB" } });
  const queries = [
    "project = MOB and status in (Done, 'In Progress') order by key",
    "summary ~ x",
    "project =",
    "nope = 1",
  ];
  for (const validation of ["strict", "warn", "none"]) {
    await tape.ask("POST", "jql/parse", { query: { validation }, body: { queries } });
  }
  await tape.ask("POST", "jql/parse", { query: { validation: "strict" }, body: { queries: [] }, wrong: true });
  await tape.ask("POST", "jql/match", { body: { jqls: ["project = MOB", "nope = 1"], issueIds: [10001, 10002] } });
  await tape.ask("POST", "jql/match", { body: {}, wrong: true });
}

/** Issues made, read, edited and taken through their workflow. @param {Tape} tape @returns {Promise<string>} the key of one */
async function issues(tape) {
  const fields = {
    project: { key: "MOB" },
    issuetype: { name: "Bug" },
    summary: "A contract",
    description: doc("Text"),
  };
  const made = await tape.ask("POST", "issue", { body: { fields } });
  const key = made.body.key;
  await tape.ask("POST", "issue", { body: { fields: { ...fields, summary: "" } } });
  await tape.ask("POST", "issue", { body: { fields: { project: { key: "NOPE" } } } });
  await tape.ask("POST", "issue", { body: "[", wrong: true });
  await tape.ask("GET", `issue/${key}`);
  await tape.ask("GET", `issue/${key}`, { query: { fields: "*all", expand: "changelog,names,transitions,editmeta" } });
  await tape.ask("GET", "issue/NOPE-1");
  await tape.ask("PUT", `issue/${key}`, { body: { fields: { environment: doc("A boat") } } });
  await tape.ask("PUT", `issue/${key}`, { body: { update: { labels: [{ add: "one" }] } } });
  await tape.ask("PUT", `issue/${key}`, { query: { returnIssue: "true" }, body: { fields: { summary: "B" } } });
  await tape.ask("PUT", `issue/${key}`, { body: { fields: { summary: "" } } });
  await tape.ask("PUT", "issue/NOPE-1", { body: { fields: { summary: "B" } } });
  await tape.ask("GET", `issue/${key}/editmeta`);
  await tape.ask("GET", "issue/NOPE-1/editmeta");
  const me = (await tape.ask("GET", "myself")).body.accountId;
  await tape.ask("PUT", `issue/${key}/assignee`, { body: { accountId: me } });
  await tape.ask("PUT", `issue/${key}/assignee`, { body: { accountId: null } });
  await tape.ask("PUT", `issue/${key}/assignee`, { body: { accountId: "nobody" } });
  await tape.ask("PUT", `issue/${key}/assignee`, { body: { name: "nora" } });
  await tape.ask("GET", `issue/${key}/transitions`, { query: { expand: "transitions.fields" } });
  await tape.ask("GET", "issue/NOPE-1/transitions");
  const steps = await tape.ask("GET", `issue/${key}/transitions`);
  await tape.ask("POST", `issue/${key}/transitions`, { body: { transition: { id: steps.body.transitions[0].id } } });
  await tape.ask("POST", `issue/${key}/transitions`, { body: { transition: { id: "999" } } });
  await tape.ask("GET", `issue/${key}/changelog`);
  await tape.ask("GET", `issue/${key}/changelog`, { query: { maxResults: "1" } });
  await tape.ask("GET", "issue/NOPE-1/changelog");
  await tape.ask("POST", "issue/bulk", {
    body: { issueUpdates: [{ fields }, { fields: { ...fields, summary: "" } }] },
  });
  await tape.ask("POST", "issue/bulk", { body: { issueUpdates: [{ fields: { ...fields, summary: "" } }] } });
  await tape.ask("POST", "issue/bulkfetch", { body: { issueIdsOrKeys: [key, "NOPE-1"] } });
  await tape.ask("POST", "issue/bulkfetch", { body: { issueIdsOrKeys: [] } });
  const changes = { issueIdsOrKeys: [key, "NOPE-1"], maxResults: 1 };
  const log = await tape.ask("POST", "changelog/bulkfetch", { body: changes });
  await tape.ask("POST", "changelog/bulkfetch", { body: { ...changes, nextPageToken: log.body.nextPageToken } });
  await tape.ask("POST", "changelog/bulkfetch", { body: { issueIdsOrKeys: [key], fieldIds: ["summary"] } });
  await tape.ask("POST", "changelog/bulkfetch", { body: { issueIdsOrKeys: [] }, wrong: true });
  const doomed = (await tape.ask("POST", "issue", { body: { fields } })).body.key;
  await tape.ask("DELETE", `issue/${doomed}`);
  await tape.simulator.settings({ granted_permissions: ["DELETE_ISSUES"] });
  await tape.ask("DELETE", `issue/${doomed}`);
  await tape.ask("DELETE", `issue/${doomed}`);
  await tape.simulator.settings({ granted_permissions: [] });
  await tape.simulator.settings({
    denied_permissions: ["EDIT_ISSUES", "CREATE_ISSUES", "ASSIGN_ISSUES", "ADD_COMMENTS"],
  });
  await tape.ask("POST", "issue", { body: { fields } });
  await tape.ask("PUT", `issue/${key}`, { body: { fields: { summary: "C" } } });
  await tape.ask("PUT", `issue/${key}/assignee`, { body: { accountId: me } });
  await tape.ask("POST", `issue/${key}/comment`, { body: { body: doc("No") } });
  await tape.simulator.settings({ denied_permissions: [] });
  return key;
}

/** Comments, work logs, watchers, votes. @param {Tape} tape @param {string} key */
async function around(tape, key) {
  const said = await tape.ask("POST", `issue/${key}/comment`, { body: { body: doc("One") } });
  const visibility = { type: "role", value: "Administrators", identifier: "Administrators" };
  await tape.ask("POST", `issue/${key}/comment`, { body: { body: doc("Two"), visibility } });
  await tape.ask("POST", `issue/${key}/comment`, { body: { body: doc("") } });
  await tape.ask("GET", `issue/${key}/comment`, { query: { orderBy: "-created", maxResults: "1" } });
  await tape.ask("GET", "issue/NOPE-1/comment");
  const comment = `issue/${key}/comment/${said.body.id}`;
  await tape.ask("GET", comment);
  await tape.ask("PUT", comment, { body: { body: doc("Three") } });
  await tape.ask("PUT", comment, { body: { body: "text" } });
  await tape.ask("DELETE", comment);
  for (const method of ["GET", "DELETE"]) await tape.ask(method, comment);
  const worklog = { timeSpent: "1h", started: "2026-11-17T10:00:00.000+0000", comment: doc("Work") };
  const logged = await tape.ask("POST", `issue/${key}/worklog`, { body: worklog });
  await tape.ask("POST", `issue/${key}/worklog`, { body: { started: worklog.started } });
  await tape.ask("GET", `issue/${key}/worklog`);
  await tape.ask("GET", "issue/NOPE-1/worklog");
  const log = `issue/${key}/worklog/${logged.body.id}`;
  await tape.ask("GET", log);
  await tape.ask("PUT", log, { query: { adjustEstimate: "leave" }, body: { timeSpentSeconds: 7200 } });
  await tape.ask("PUT", log, { body: { timeSpent: "soon" } });
  await tape.ask("DELETE", log);
  for (const method of ["GET", "DELETE"]) await tape.ask(method, log);
  const me = (await tape.ask("GET", "myself")).body.accountId;
  await tape.ask("POST", `issue/${key}/watchers`, { body: JSON.stringify(me) });
  await tape.ask("GET", `issue/${key}/watchers`);
  await tape.ask("DELETE", `issue/${key}/watchers`, { query: { accountId: me } });
  await tape.ask("DELETE", `issue/${key}/watchers`, { query: { username: "nora" } });
  const other = (
    await tape.ask("POST", "search/jql", {
      body: { jql: "project = WEB and reporter != currentUser()", maxResults: 1, fields: ["reporter"] },
    })
  ).body;
  const votes = `issue/${other.issues[0].key}/votes`;
  await tape.ask("POST", votes);
  await tape.ask("GET", votes);
  await tape.ask("DELETE", votes);
  for (const tail of ["watchers", "votes"]) {
    await tape.ask("GET", `issue/NOPE-1/${tail}`);
    await tape.ask("POST", `issue/NOPE-1/${tail}`, tail === "votes" ? {} : { body: JSON.stringify(me) });
  }
  await tape.ask("DELETE", "issue/NOPE-1/votes");
}

/** @param {Tape} tape @param {string} key */
async function links(tape, key) {
  const found = await tape.ask("POST", "search/jql", {
    body: { jql: "project = WEB", maxResults: 1, fields: ["key"] },
  });
  const body = { type: { name: "Blocks" }, inwardIssue: { key }, outwardIssue: { key: found.body.issues[0].key } };
  await tape.ask("POST", "issueLink", { body });
  await tape.ask("POST", "issueLink", { body: { ...body, outwardIssue: { key: "NOPE-1" } } });
  await tape.ask("POST", "issueLink", { body: { ...body, type: { name: "Nope" } } });
  const issue = await tape.ask("GET", `issue/${key}`, { query: { fields: "issuelinks" } });
  const link = `issueLink/${issue.body.fields.issuelinks[0].id}`;
  await tape.ask("GET", link);
  await tape.ask("DELETE", link);
  for (const method of ["GET", "DELETE"]) await tape.ask(method, link);
}

/** @param {Tape} tape @param {string} key */
async function files(tape, key) {
  const form = (/** @type {number} */ size) => {
    const data = new FormData();
    data.append("file", new Blob(["x".repeat(size)], { type: "text/plain" }), "a.txt");
    return data;
  };
  const headers = { "x-atlassian-token": "no-check" };
  const made = await tape.ask("POST", `issue/${key}/attachments`, { headers, form: form(10) });
  await tape.ask("POST", `issue/${key}/attachments`, { form: form(10) });
  const large = await tape.ask("POST", `issue/${key}/attachments`, { headers, form: form(2_000_000) });
  if (large.status !== 413) throw new Error(`a file over the limit is answered ${large.status}`);
  await tape.ask("POST", "issue/NOPE-1/attachments", { headers, form: form(10) });
  const id = made.body[0].id;
  await tape.ask("GET", `attachment/${id}`);
  const content = await tape.ask("GET", `attachment/content/${id}`);
  await tape.fetchFile(content.headers.get("location") ?? "");
  await tape.ask("GET", "attachment/content/999999");
  await tape.ask("DELETE", `attachment/${id}`);
  for (const method of ["GET", "DELETE"]) await tape.ask(method, `attachment/${id}`);
}

/** Many issues at once. @param {Tape} tape @param {string} key */
async function bulk(tape, key) {
  const labelsFields = [{ fieldId: "labels", bulkEditMultiSelectFieldOption: "ADD", labels: [{ name: "bulk" }] }];
  const edit = { selectedIssueIdsOrKeys: [key], selectedActions: ["labels"], editedFieldsInput: { labelsFields } };
  const task = await tape.ask("POST", "bulk/issues/fields", { body: edit });
  await tape.ask("POST", "bulk/issues/fields", { body: { ...edit, selectedIssueIdsOrKeys: [] } });
  for (let look = 0; look < 2; look += 1) await tape.ask("GET", `bulk/queue/${task.body.taskId}`);
  await tape.ask("GET", "bulk/queue/nope");
  const steps = await tape.ask("GET", `issue/${key}/transitions`);
  const transitionId = steps.body.transitions[0].id;
  const inputs = [{ selectedIssueIdsOrKeys: [key], transitionId }];
  await tape.ask("POST", "bulk/issues/transition", {
    body: { bulkTransitionInputs: inputs, sendBulkNotification: false },
  });
  await tape.ask("POST", "bulk/issues/transition", { body: {}, wrong: true });
  const fields = { project: { key: "MOB" }, issuetype: { name: "Task" }, summary: "To be moved" };
  const moved = (await tape.ask("POST", "issue", { body: { fields } })).body.key;
  const type = (await tape.ask("GET", "issuetype")).body.find((/** @type {any} */ one) => one.name === "Task").id;
  const target = {
    ...{ inferClassificationDefaults: true, inferFieldDefaults: true, inferStatusDefaults: true },
    ...{ inferSubtaskTypeDefault: true, issueIdsOrKeys: [moved] },
  };
  const body = { sendBulkNotification: false, targetToSourcesMapping: { [`WEB,${type}`]: target } };
  const move = await tape.ask("POST", "bulk/issues/move", { body });
  for (let look = 0; look < 2; look += 1) await tape.ask("GET", `bulk/queue/${move.body.taskId}`);
  const now = await tape.ask("GET", `issue/${moved}`, { query: { fields: "project" } });
  if (now.body.fields.project.key !== "WEB") throw new Error("an issue was not moved");
  await tape.ask("POST", "bulk/issues/move", { body: {}, wrong: true });
  await tape.ask("POST", "bulk/issues/delete", { body: { selectedIssueIdsOrKeys: [moved] } });
  await tape.ask("POST", "bulk/issues/delete", { body: { selectedIssueIdsOrKeys: [] } });
}

/** Boards and sprints. @param {Tape} tape */
async function agile(tape) {
  const root = "/rest/agile/1.0";
  const board = (await tape.ask("GET", `${root}/board`, { query: { projectKeyOrId: "MOB" } })).body.values[0].id;
  await tape.ask("GET", `${root}/board`);
  await tape.ask("GET", `${root}/board`, { query: { type: "odd", projectKeyOrId: "NOPE" } });
  for (const tail of ["", "/configuration", "/sprint", "/epic"]) {
    await tape.ask("GET", `${root}/board/${board}${tail}`);
    await tape.ask("GET", `${root}/board/99${tail}`);
  }
  for (const tail of ["issue", "backlog"]) {
    await tape.ask("GET", `${root}/board/${board}/${tail}`, { query: { maxResults: "3" } });
    await tape.ask("GET", `${root}/board/99/${tail}`);
  }
  const sprints = await tape.ask("GET", `${root}/board/${board}/sprint`, { query: { state: "future" } });
  const sprint = `${root}/sprint/${sprints.body.values[0].id}`;
  await tape.ask("GET", sprint);
  await tape.ask("GET", `${root}/sprint/99999`);
  await tape.ask("GET", `${sprint}/issue`, { query: { maxResults: "2" } });
  await tape.ask("GET", `${root}/sprint/99999/issue`);
  const jql = "project = MOB and type = Story and status = Backlog";
  const found = await tape.ask("POST", "search/jql", { body: { jql, maxResults: 1, fields: ["key"] } });
  const planned = { issues: [found.body.issues[0].key] };
  await tape.ask("POST", `${sprint}/issue`, { body: planned });
  await tape.ask("POST", `${sprint}/issue`, { body: { issues: ["WEB-1"] } });
  await tape.ask("POST", `${root}/backlog/issue`, { body: planned });
  await tape.ask("POST", `${root}/backlog/issue`, { body: { issues: ["NOPE-1"] } });
  await tape.ask("PUT", `${root}/issue/rank`, { body: { ...planned, rankBeforeIssue: "MOB-1" } });
  await tape.ask("PUT", `${root}/issue/rank`, { body: { ...planned, rankAfterIssue: "NOPE-1" } });
  const body = { name: "Extra", originBoardId: board, goal: "More" };
  await tape.ask("POST", `${root}/sprint`, { body });
  await tape.simulator.settings({ granted_permissions: ["MANAGE_SPRINTS_PERMISSION"] });
  const made = await tape.ask("POST", `${root}/sprint`, { body });
  await tape.ask("POST", `${root}/sprint`, { body: { ...body, name: "" } });
  await tape.ask("POST", `${root}/sprint/${made.body.id}`, { body: { goal: "Less" } });
  await tape.ask("POST", `${root}/sprint/99999`, { body: { goal: "Less" } });
  await tape.ask("PUT", `${root}/sprint/${made.body.id}`, { body: { name: "Extra", state: "future", goal: "Same" } });
  await tape.ask("PUT", `${root}/sprint/99999`, { body: { name: "Extra", state: "future" } });
  await tape.simulator.settings({ granted_permissions: [] });
}

/** Each of the four limits, with what its refusal must carry. @param {Tape} tape */
async function limits(tape) {
  const refused = async (
    /** @type {string} */ reason,
    /** @type {() => Promise<import("./tape.mjs").Heard>} */ call,
  ) => {
    for (let turn = 0; turn < 25; turn += 1) {
      const { status, headers } = await call();
      if (status !== 429) continue;
      if (headers.get("ratelimit-reason") !== reason) throw new Error(`429 with ${headers.get("ratelimit-reason")}`);
      if (!(Number(headers.get("retry-after")) > 0)) throw new Error(`${reason} without Retry-After`);
      return headers;
    }
    throw new Error(`${reason} never came`);
  };
  await tape.simulator.settings({ burst_per_second: 3 });
  await refused("jira-burst-based", () => tape.ask("GET", "myself"));
  await tape.simulator.settings({ burst_per_second: null });
  const fields = { project: { key: "MOB" }, issuetype: { name: "Task" }, summary: "Written to a lot" };
  const key = (await tape.ask("POST", "issue", { body: { fields } })).body.key;
  tape.hurried = true;
  const write = () => tape.ask("PUT", `issue/${key}`, { body: { fields: { summary: "Again" } } });
  await refused("jira-per-issue-on-write", write);
  tape.hurried = false;
}

/** Nobody gets anywhere without a token. @param {Tape} tape */
async function strangers(tape) {
  /** @type {Record<string, string>} */
  const sample = { key: "MOB-1", project: "MOB", id: "10001", cloud_id: tape.site.split("/").at(-1) ?? "" };
  for (const { path, methods } of tape.routes.filter((one) => one.path.includes("/api/ex/jira/"))) {
    const whole = path.replace(/\{(\w+)\}/g, (_, name) => sample[name] ?? "1").slice(tape.site.length);
    for (const method of methods) {
      const answer = await tape.ask(method, whole, { signedIn: false });
      if (answer.status !== 401) throw new Error(`${method} ${whole} answers ${answer.status} to a stranger`);
    }
  }
}

/** Data Center's version 2, every route once: it has no document to judge it by. @param {Tape} tape */
export async function tourOfDataCenter(tape) {
  const [v2, root] = ["/dc/rest/api/2", "/dc/rest/agile/1.0"];
  const get = (/** @type {string} */ path) => tape.askLocal("GET", `${v2}/${path}`);
  const send = (/** @type {string} */ method, /** @type {string} */ path, /** @type {unknown} */ body) =>
    tape.askLocal(method, path.startsWith("/") ? path : `${v2}/${path}`, { body });
  const lists = ["serverInfo", "project", "myself", "mypermissions", "field", "issuetype", "status", "statuscategory"];
  const more = [
    "priority",
    "resolution",
    "configuration",
    "issueLinkType",
    "attachment/meta",
    "jql/autocompletedata",
    "search?jql=project%3DMOB",
  ];
  const named = [
    "groups/picker?query=j",
    "user/search?username=n",
    "user/assignable/search?project=MOB",
    "project/MOB",
    "project/MOB/components",
  ];
  const rest = [
    "project/MOB/versions",
    "project/MOB/version",
    "project/MOB/statuses",
    "issue/createmeta/MOB/issuetypes",
  ];
  for (const path of [...lists, ...more, ...named, ...rest]) await get(path);
  const me = (await get("myself")).body.name;
  await get(`user?username=${me}`);
  const type = (await get("issuetype")).body.find((/** @type {any} */ one) => one.name === "Task").id;
  for (const path of [`issuetype/${type}`, `issue/createmeta/MOB/issuetypes/${type}`]) await get(path);
  await get(`status/${(await get("status")).body[0].id}`);
  await send("POST", "search", { jql: "project = MOB", maxResults: 1 });
  const fields = { project: { key: "MOB" }, issuetype: { name: "Task" }, summary: "Local", description: "Wiki *text*" };
  const key = (await send("POST", "issue", { fields })).body.key;
  const other = (await send("POST", "issue/bulk", { issueUpdates: [{ fields }] })).body.issues[0].key;
  const issue = `issue/${key}`;
  for (const tail of ["", "/editmeta", "/transitions", "/comment", "/worklog", "/watchers", "/votes", "/changelog"]) {
    await get(issue + tail);
  }
  await send("PUT", issue, { fields: { summary: "Other" } });
  await send("PUT", `${issue}/assignee`, { name: me });
  const step = (await get(`${issue}/transitions`)).body.transitions[0].id;
  await send("POST", `${issue}/transitions`, { transition: { id: step } });
  for (const [tail, first, second] of [
    ["comment", { body: "One" }, { body: "Two" }],
    ["worklog", { timeSpent: "1h", started: "2026-11-17T10:00:00.000+0000" }, { timeSpent: "2h" }],
  ]) {
    const one = `${issue}/${tail}/${(await send("POST", `${issue}/${tail}`, first)).body.id}`;
    await get(one);
    await send("PUT", one, second);
    await tape.askLocal("DELETE", `${v2}/${one}`);
  }
  await send("POST", `${issue}/watchers`, me);
  await tape.askLocal("DELETE", `${v2}/${issue}/watchers?username=${me}`);
  const voted = (
    await get("search?jql=project%3DWEB%20and%20reporter%20!%3D%20currentUser()&maxResults=1&fields=summary")
  ).body;
  for (const method of ["POST", "DELETE"]) await tape.askLocal(method, `${v2}/issue/${voted.issues[0].key}/votes`);
  await send("POST", "issueLink", { type: { name: "Blocks" }, inwardIssue: { key }, outwardIssue: { key: other } });
  const link = (await get(issue)).body.fields.issuelinks[0].id;
  for (const method of ["GET", "DELETE"]) await tape.askLocal(method, `${v2}/issueLink/${link}`);
  const form = new FormData();
  form.append("file", new Blob(["x"], { type: "text/plain" }), "a.txt");
  const file = (await tape.askLocal("POST", `${v2}/${issue}/attachments`, { form })).body[0];
  await tape.fetchFile(file.content);
  for (const method of ["GET", "DELETE"]) await tape.askLocal(method, `${v2}/attachment/${file.id}`);
  await tape.simulator.settings({ granted_permissions: ["DELETE_ISSUES", "MANAGE_SPRINTS_PERMISSION"] });
  await tape.askLocal("DELETE", `${v2}/issue/${other}`);
  const board = (await tape.askLocal("GET", `${root}/board?projectKeyOrId=MOB`)).body.values[0].id;
  for (const tail of ["", "/configuration", "/sprint", "/issue", "/backlog", "/epic"]) {
    await tape.askLocal("GET", `${root}/board/${board}${tail}`);
  }
  const made = await send("POST", `${root}/sprint`, { name: "Extra", originBoardId: board });
  const sprint = `${root}/sprint/${made.body.id}`;
  for (const tail of ["", "/issue"]) await tape.askLocal("GET", sprint + tail);
  for (const method of ["POST", "PUT"]) await send(method, sprint, { name: "Extra", state: "future", goal: "Less" });
  await send("POST", `${sprint}/issue`, { issues: [key] });
  await send("POST", `${root}/backlog/issue`, { issues: [key] });
  await send("PUT", `${root}/issue/rank`, { issues: [key], rankAfterIssue: "MOB-1" });
  await tape.simulator.settings({ granted_permissions: [] });
}
