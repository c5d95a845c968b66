import type { Endpoint } from '../../gateway/types';
import type { ItemEnded, ItemFailure } from '../../shared/contract/outcomes';

/** Makes one call that reads. */
export type Ask = (endpoint: Endpoint, body: string) => Promise<ItemEnded>;

export type Read<T> = { value: T } | { failure: ItemFailure };
