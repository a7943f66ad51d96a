import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const GIB = 1024 ** 3

/**
 * The engine's configuration for a shared machine with two cores: 4 GB at most, few threads. Free-entry limits of the
 * merge tree must be below the size of its pool, or merges stop. Parts are synced: what the store has answered for is
 * cut from the log. A part is merged with more others at once than by default (5), so each row is written less often.
 */
export async function writeStoreConfig(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'store.xml')
  await writeFile(
    file,
    `<clickhouse>
  <max_server_memory_usage>${4 * GIB}</max_server_memory_usage>
  <mark_cache_size>${GIB / 4}</mark_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <max_thread_pool_size>200</max_thread_pool_size>
  <background_pool_size>2</background_pool_size>
  <background_merges_mutations_concurrency_ratio>2</background_merges_mutations_concurrency_ratio>
  <background_schedule_pool_size>4</background_schedule_pool_size>
  <background_common_pool_size>2</background_common_pool_size>
  <background_move_pool_size>1</background_move_pool_size>
  <background_fetches_pool_size>1</background_fetches_pool_size>
  <background_buffer_flush_schedule_pool_size>1</background_buffer_flush_schedule_pool_size>
  <background_message_broker_schedule_pool_size>1</background_message_broker_schedule_pool_size>
  <merge_tree>
    <merge_selector_base>10</merge_selector_base>
    <fsync_after_insert>1</fsync_after_insert>
    <fsync_part_directory>1</fsync_part_directory>
    <number_of_free_entries_in_pool_to_lower_max_size_of_merge>1</number_of_free_entries_in_pool_to_lower_max_size_of_merge>
    <number_of_free_entries_in_pool_to_execute_mutation>1</number_of_free_entries_in_pool_to_execute_mutation>
    <number_of_free_entries_in_pool_to_execute_optimize_entire_partition>1</number_of_free_entries_in_pool_to_execute_optimize_entire_partition>
  </merge_tree>
</clickhouse>
`,
  )
  return file
}
