import { readFileSync } from "node:fs";
import { join } from "node:path";

const manifest = JSON.parse(
  readFileSync(join(import.meta.dirname, "../package.json"), "utf8"),
) as Record<"dependencies" | "devDependencies", Record<string, string>>;

test("of our packages the API has model-bundle alone, and the page as built files", () => {
  const ours = [
    ...Object.keys(manifest.dependencies),
    ...Object.keys(manifest.devDependencies),
  ].filter((name) => name.startsWith("@gillnet/"));
  expect(ours).toEqual(["@gillnet/model-bundle", "@gillnet/web"]);
});

test("what it takes from elsewhere is this list", () => {
  expect(
    Object.keys(manifest.dependencies).filter((name) => !name.startsWith("@gillnet/")),
  ).toEqual(["express", "helmet", "multer", "papaparse", "swagger-ui-dist", "winston"]);
});
