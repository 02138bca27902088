/** Codes with which terminals are told to colour and move; a page shows the text alone. */
// oxlint-disable-next-line no-control-regex
const codes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
/** Of a line that was written over itself, as progress bars are, what stood there last. */
const overwritten = /^.*\r(?!$)/gm;

export const plain = (text: string): string => text.replace(codes, '').replace(overwritten, '').replaceAll('\r', '');
