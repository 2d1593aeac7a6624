export { addToHistograms } from "./histogram";
