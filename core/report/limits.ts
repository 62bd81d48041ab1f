/** How much of a report is written. Lengths are in UTF-16 units, which is never less than what a target counts. */

/** A subject line and a phone's notification show less than this; the rest belongs into the summary. */
export const MAX_TITLE_LENGTH = 250;
export const MAX_SUMMARY_LENGTH = 600;
export const MAX_HEADING_LENGTH = 120;
export const MAX_NEXT_STEP_LENGTH = 400;
export const MAX_NAME_LENGTH = 80;
export const MAX_PEER_LENGTH = 60;
export const MAX_EXPLANATION_LENGTH = 400;
export const MAX_TAG_LENGTH = 60;
export const MAX_TAGS_PER_SIDE = 6;
/** Meraki's own are about 20 long; these are identifiers, so they are cut only where they cannot be real. */
export const MAX_ID_LENGTH = 100;
export const MAX_URL_LENGTH = 300;

/** Newest minutes shown of a loss series: fits beside the site's name on a phone of 360 px. */
export const MAX_SAMPLES_SHOWN = 12;

export const MAX_ROWS_PER_SECTION = 20;
/** Keeps the mail under 102 kB, where Gmail clips a message and hides the rest. */
export const MAX_ROWS_IN_ALL = 45;
/** A later section is never squeezed out by an earlier one. */
export const MIN_ROWS_PER_SECTION = 3;
export const MAX_SECTIONS = 15;

/** `networks[]` is stored by n8n with every execution. */
export const MAX_NETWORKS = 1000;
export const MAX_NETWORK_EXPLANATION_LENGTH = 200;

/** https://docs.slack.dev/reference/block-kit/blocks/header-block */
export const MAX_SLACK_HEADER_LENGTH = 150;
/** Slack allows 3,000 characters a text, but folds long ones behind "See more". */
export const MAX_SLACK_TEXT_LENGTH = 1800;
/**
 * Slack refuses a message with `msg_blocks_too_long` at about 12,000 characters in all blocks together, and has been
 * seen to do so at 11,341 (slackapi/bolt-js issues 2509 and 2867; not in its documentation).
 */
export const MAX_SLACK_MESSAGE_LENGTH = 9000;
