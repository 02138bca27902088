/** Version of Zendo. */
export const VERSION = '0.1.0';
/** Version of the wire that genuine clients compare with their own (wire.md 2.1). */
export const WIRE_VERSION = '0.98.0';
