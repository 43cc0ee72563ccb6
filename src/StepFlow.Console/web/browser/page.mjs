import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page of a browser of its own, and the complaints: of that browser, and of those that its looks found. */
export async function openPage(pictures) {
  const profile = mkdtempSync(join(tmpdir(), 'stepflow-console-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    viewport: { width: 1400, height: 1000 },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  // Only a wait that would never end fails, on a busy machine too.
  page.setDefaultTimeout(180_000);
  const complaints = [];
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(String(error)));
  const at = id => page.getByTestId(id);
  const status = wanted => page.waitForSelector(`[data-testid="status"][data-status="${wanted}"]`);

  /** Looks at the page as it is: takes its picture, and checks it for what keeps people with disabilities out. */
  const look = async name => {
    if (pictures) {
      await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    }
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const { id, nodes } of violations) {
      complaints.push(...nodes.map(node => `${name}: ${id} at ${node.target.join(' ')}: ${node.failureSummary?.split('\n').slice(1).join(' ')}`));
    }
  };

  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { page, at, status, look, complaints, close };
}
