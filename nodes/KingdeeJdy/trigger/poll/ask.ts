import type { Endpoint } from '../../gateway/types';
import type { ItemFailure, ItemResult } from '../../shared/contract/outcomes';

/** Makes one call that reads. */
export type Ask = (endpoint: Endpoint, body: string) => Promise<ItemResult>;

export type PollResult<T> = { value: T } | { failure: ItemFailure };
