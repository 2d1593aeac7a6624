// Says which tests were skipped, and (in their names) why: a skipped test must not pass unnoticed.
module.exports = class {
  onRunComplete(_contexts, results) {
    const skipped = results.testResults
      .flatMap((file) => file.testResults)
      .filter((test) => test.status === "pending")
      .map((test) => `  ${test.fullName}`);
    if (skipped.length > 0) process.stderr.write(`\nSkipped:\n${skipped.join("\n")}\n`);
  }
};
