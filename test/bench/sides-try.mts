import { BenchGateway, floor, helper, node } from './sides.mts';
const g = await BenchGateway.start();
await g.takes(0);
const sides = { floor: floor(g), node, helper: helper(g) };
for (const c of [1, 10]) for (let r = 0; r < 4; r++) for (const [name, side] of Object.entries(sides)) { const n = 500; const x = await side(n, c); console.log(c, name, (x.wallMs / n).toFixed(3), (x.cpuMs / n).toFixed(3)); }
g.stop();
