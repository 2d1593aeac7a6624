import { problemsOfRow } from "./answer-table.ts";
import type { AnswerTable } from "./answer-table.ts";
import { cellsOfRow } from "./csv-index.ts";
import { Dialog } from "./dialog.tsx";
import { count, probabilityText } from "./number-text.ts";
import { ProblemList } from "./problem-list.tsx";
import { Verdict } from "./verdict.tsx";

/** One row whole: what the model says, what is odd, and all its cells. */
export function RowDialog(props: {
  readonly table: AnswerTable;
  readonly row: number;
  readonly close: () => void;
}): React.ReactNode {
  const { table, row } = props;
  const { classes, csv } = table;
  const problems = problemsOfRow(table, row);
  const probability = table.probability[row] as number;
  const cells = cellsOfRow(csv, row);
  return (
    <Dialog title={`Row ${count(row + 1)}`} close={props.close}>
      <p className="mt-3">
        <Verdict classes={classes} verdict={table.verdict[row] as number} />
        {!Number.isNaN(probability) &&
          `. The probability of ${classes.positive.name} is ${probabilityText(probability)}.`}
      </p>
      {problems.length > 0 && <ProblemList problems={problems} />}
      <dl className="mt-4 gap-x-8 text-small sm:columns-2">
        {csv.header.map((column, index) => (
          // By position: a file may name two columns alike.
          <div key={index} className="flex break-inside-avoid gap-4 border-b border-line py-1">
            <dt className="min-w-0 flex-1 text-muted break-words">{column}</dt>
            <dd className="min-w-0 max-w-[60%] break-words text-right tabular-nums">
              {cells[index]}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
