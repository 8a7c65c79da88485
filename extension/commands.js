/* Which one-shot commands need the whole module. Made from the table of commands by `UPDATE_CONTRACT=1 cargo test contract`; do not
   edit. */

/** The small one does not know these. */
export const WHOLE = new Set([
  "check_form",
  "providers",
  "add_provider",
  "remove_provider",
  "change_settings",
  "test_connection",
  "diagnostics",
  "set_passphrase",
  "remove_passphrase",
  "forget_passphrase",
  "forget_damaged",
  "stored",
  "delete_stored",
  "picture",
  "open_issue",
  "complete",
  "examples",
  "conversations",
  "conversation",
  "search_conversations",
  "forget_conversation",
  "forget_conversations",
  "jobs",
  "plan_drop",
  "suggest",
  "issue_address",
  "is_question",
]);
