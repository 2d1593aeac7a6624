import { defaultRangeExtractor } from "@tanstack/react-virtual";
import type { Range } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState } from "react";
import { nextStop } from "./next-stop.ts";

/** For the button of a row or column. */
export interface FocusStop {
  /** 0 for the one that Tab goes to. */
  readonly tabIndex: number;
  readonly "data-stop": string;
  readonly onFocus: () => void;
}

export interface RovingFocus {
  readonly stopOf: (index: number) => FocusStop;
  readonly onKeyDown: (event: React.KeyboardEvent) => void;
  /** What is to be drawn: what is in sight, and what Tab goes to. */
  readonly extractRange: (range: Range) => number[];
}

/** One tab stop for a long list of which only a part is drawn; keys move it (`nextStop`). */
export function useRovingFocus(options: {
  readonly scrollRef: React.RefObject<HTMLElement | null>;
  readonly kind: "row" | "column";
  readonly count: number;
  /** How many stand before those of which only a part is drawn. */
  readonly alwaysDrawn: number;
  readonly scrollTo: (index: number) => void;
}): RovingFocus {
  const { scrollRef, kind, count, alwaysDrawn, scrollTo } = options;
  const [chosen, setChosen] = useState(0);
  const active = Math.min(chosen, count - 1);
  const wanted = useRef<number | null>(null);

  // The one that a key moved to may not have been drawn before.
  useEffect(() => {
    if (wanted.current === null) return;
    const stop = scrollRef.current?.querySelector<HTMLElement>(
      `[data-stop="${kind} ${wanted.current}"]`,
    );
    if (stop === null || stop === undefined) return;
    wanted.current = null;
    stop.focus({ preventScroll: true });
  });

  const extractRange = useCallback(
    (range: Range) => {
      const drawn = defaultRangeExtractor(range);
      const index = active - alwaysDrawn;
      if (index < 0 || index >= range.count || drawn.includes(index)) return drawn;
      return [...drawn, index].sort((a, b) => a - b);
    },
    [active, alwaysDrawn],
  );

  return {
    stopOf: (index) => ({
      tabIndex: index === active ? 0 : -1,
      "data-stop": `${kind} ${index}`,
      onFocus: () => setChosen(index),
    }),
    onKeyDown: (event) => {
      const next = nextStop(kind, event.key, active, count);
      if (next === null) return;
      event.preventDefault();
      wanted.current = next;
      setChosen(next);
      scrollTo(next);
    },
    extractRange,
  };
}
