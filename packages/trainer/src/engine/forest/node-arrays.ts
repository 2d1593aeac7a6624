/** Bytes of a node's fields, in the order of their arrays: those of kernel/forest/nodes.ts. */
export const NODE_BYTES: readonly number[] = [4, 4, 4, 4, 8, 8, 8, 2, 2, 1];
