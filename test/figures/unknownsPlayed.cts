/**
 * Writes what is played of Meraki's open points into docs/reliability.md. A test fails while the page does not agree.
 *
 *   node --require tsx/cjs test/figures/unknownsPlayed.cts
 */
import { unknownsPage } from '../chaos/unknowns/page.cjs';
import { writeSection } from './reliabilityPage.cjs';

writeSection('unknowns played', unknownsPage());
