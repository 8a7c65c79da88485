/** The commands that begin with a slash. What stands behind one goes on with its question: `/mine in MOB`. */

/** @import {MessageKey} from "../lib/extension.js" */
/** @typedef {{ name: string, say: MessageKey, ask?: string, act?: "clear" | "history" | "shortcuts" }} Command
 *   `ask`: the question it stands for, in English as the chat reads it; `act`: what the page does. With neither, what follows is
 *   asked. */

/** @type {Command[]} */
export const COMMANDS = [
  { name: "new", say: "new_conversation", act: "clear" },
  { name: "mine", say: "command_mine", ask: "my open issues" },
  { name: "today", say: "command_today", ask: "my day" },
  { name: "sprint", say: "command_sprint", ask: "how is the sprint going" },
  { name: "standup", say: "command_standup", ask: "standup" },
  { name: "changes", say: "command_changes", ask: "what changed since yesterday" },
  { name: "workload", say: "command_workload", ask: "workload" },
  { name: "jql", say: "command_jql" },
  { name: "undo", say: "command_undo", ask: "undo" },
  { name: "history", say: "talks", act: "history" },
  { name: "keys", say: "shortcuts", act: "shortcuts" },
  { name: "help", say: "command_help", ask: "help" },
];

/** Those whose name begins so. @param {string} begun */
export function commandsFor(begun) {
  return COMMANDS.filter(({ name }) => name.startsWith(begun.toLowerCase()));
}

/** What a text that begins with a slash stands for; `null` where there is no such command. @param {string} text @returns {{ ask: string } | { act: NonNullable<Command["act"]> } | null} */
export function commandIn(text) {
  const [, name = "", rest = ""] = text.match(/^\/(\w*)\s*(.*)$/su) ?? [];
  const command = COMMANDS.find((each) => each.name === name.toLowerCase());
  if (!command) return null;
  return command.act ? { act: command.act } : { ask: `${command.ask ?? ""} ${rest}`.trim() };
}
