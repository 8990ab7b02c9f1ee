// node lab/tools/cloudformation/validate.mjs TEMPLATE, in the repository's folder: prints what is wrong with it. Exit status 1 if there is
// something, 0 if not. What is only worth knowing (INFO) is left out.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(resolve('.workshop/tools/cloudformation/package.json'));
const { RegoEngine, TemplateFile } = require('@aws/cloudformation-validate');

const engine = new RegoEngine();
const findings = engine.validateStandard(new TemplateFile(process.argv[2])).diagnostics
  .filter((finding) => finding.severity !== 'INFO');
engine.free();
findings.forEach((finding) => console.log(`${finding.severity} ${finding.ruleId}: ${finding.message}`));
process.exitCode = findings.length > 0 ? 1 : 0;
