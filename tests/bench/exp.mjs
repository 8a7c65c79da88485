import { Browser, endWorker } from "../e2e/lib/browser.mjs";
import { connect } from "../e2e/lib/person.mjs";
import { CLIENTS, Simulator } from "../e2e/lib/simulator.mjs";
const simulator = await Simulator.start();
const browser = await Browser.launch({ folders: [process.argv[2]] });
try {
  const options = await connect(browser, simulator, { ...CLIENTS.cloud, simulator: simulator.base });
  const id = new URL(options.url()).host;
  const quiet = await browser.puppeteer.newPage();
  await quiet.setJavaScriptEnabled(false); await quiet.goto(options.url()); await quiet.setJavaScriptEnabled(true);
  await options.close();
  const rows = [];
  for (let i = 0; i < 14; i++) {
    const mine = () => browser.puppeteer.targets().find((t) => t.type() === "service_worker" && t.url().startsWith(`chrome-extension://${id}/`));
    const target = mine(); if (target) await endWorker(target, () => mine() !== target);
    await new Promise((r) => setTimeout(r, 60));
    rows.push(await quiet.evaluate(async () => { const a = performance.now(); const r = await chrome.runtime.sendMessage({ command: "overview", args: {} }); return { total: performance.now() - a, ok: r.ok, n: JSON.stringify(r).length, ...r.T }; }));
  }
  for (const r of rows.slice(3)) console.log(Object.entries(r).map(([k, v]) => `${k}=${typeof v === "number" ? v.toFixed(1) : v}`).join(" "));
} finally { await browser.close(); await simulator.stop(); }
