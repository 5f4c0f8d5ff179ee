// Start «responsief lsp» and let VS Code talk to it. All knowledge is in the server; this only opens the door.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

// A file is ours when it begins a line with one of these keys; other YAML is never looked at.
const OURS = /^\uFEFF?(regelset|signalen|voorzieningen|proef)[ \t]*:/m;

let client;

async function start() {
  const settings = vscode.workspace.getConfiguration("responsief");
  const [command, ...args] = settings.get("opdracht", ["responsief", "lsp", "--stdio"]);
  client = new LanguageClient(
    "responsief",
    "responsief",
    { command, args },
    {
      documentSelector: [
        { scheme: "file", language: "yaml" },
        { scheme: "untitled", language: "yaml" },
      ],
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{yaml,yml}") },
      initializationOptions: { mappen: settings.get("mappen", []) },
    },
  );
  try {
    await client.start();
  } catch (fault) {
    client = undefined;
    vscode.window.showErrorMessage(
      `responsief start niet («${command}»). Installeer het met: pip install "responsief[lsp]", ` +
        "of noem het hele pad bij de instelling «responsief.opdracht».",
    );
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running) {
    await running.stop();
  }
}

// Only start for who works on rulesets: an open file of ours, or one in the workspace.
async function wanted() {
  if (vscode.workspace.textDocuments.some((one) => one.languageId === "yaml" && OURS.test(one.getText()))) {
    return true;
  }
  const files = await vscode.workspace.findFiles("**/*.test.yaml", "**/node_modules/**", 50);
  for (const file of files) {
    const text = Buffer.from(await vscode.workspace.fs.readFile(file)).toString("utf8");
    if (OURS.test(text)) {
      return true;
    }
  }
  return false;
}

async function activate(context) {
  let starting;
  const maybe = () => {
    if (!client && !starting) {
      starting = wanted()
        .then((yes) => (yes ? start() : undefined))
        .finally(() => {
          starting = undefined;
        });
    }
    return starting;
  };
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (document.languageId === "yaml") {
        maybe();
      }
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (document.languageId === "yaml" && OURS.test(document.getText())) {
        maybe();
      }
    }),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("responsief") && client) {
        await stop();
        await start();
      }
    }),
    vscode.commands.registerCommand("responsief.herstart", async () => {
      await stop();
      await start();
    }),
  );
  await maybe();
}

module.exports = { activate, deactivate: stop };
