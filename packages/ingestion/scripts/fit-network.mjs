// Learns the network of a CSV table, for synthetic tables. After a build:
//   node packages/ingestion/scripts/fit-network.mjs TABLE.csv LABEL NAME ORIGIN OUT.json
import { writeFile } from "node:fs/promises";
import { argv } from "node:process";

import { fitBayesianNetwork } from "@gillnet/ingestion";
import { readCsv } from "@gillnet/table";

const [, , path, label, name, origin, out] = argv;
const missingMarkers = ["NA", "na", "NaN", "?"];
const { unknownColumns } = await readCsv(path, { layout: { columns: [], missingMarkers } });
const columns = unknownColumns.map((column) => ({ name: column, kind: "categorical" }));
const { table } = await readCsv(path, { layout: { columns, missingMarkers } });
const network = fitBayesianNetwork(table, { label, name, origin });
await writeFile(out, `${JSON.stringify(network, null, 2)}\n`);
