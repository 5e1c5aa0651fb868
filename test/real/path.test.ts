import { expect, it } from 'vitest';
import { nginxBinaries } from '../../judge/nginx';
import { walkPath } from './path';
import { describeReal } from './programs';

const [nginx = { path: 'nginx', version: '1.22.1' }] = nginxBinaries(process.env);

/** The Balancer's weights are 40, 20, 40. */
const SHARES = { v1: 0.4, v2: 0.2, v3: 0.4 } as const;

/** nginx has two worker processes on each node, which share the state of an upstream. */
const PROCESSES = 2;

describeReal('the whole path', ['nginx', 'gobgpd', 'gobgp', 'bird2', 'ip', 'unshare'], () => {
  it('answers 1,000 connections to an EIP over both nodes, with the weights of the Balancer on each', () => {
    const { before, asked, failed, byNode } = walkPath(nginx, 'bird2', { count: 1000, clients: 8 });
    expect(before).toEqual(['192.168.1.11', '192.168.1.14']);
    expect({ asked, failed }).toEqual({ asked: 1000, failed: [] });
    expect(Object.keys(byNode).sort()).toEqual(['192.168.1.11', '192.168.1.14']);
    for (const counts of Object.values(byNode)) {
      const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
      expect(all).toBeGreaterThan(300);
      for (const [name, share] of Object.entries(SHARES)) {
        expect(Math.abs((counts[name] ?? 0) - all * share)).toBeLessThanOrEqual(PROCESSES);
      }
    }
  });
});
