using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Makes a memory where there is none or it cannot be read: of a tenant that has had nights, whoever was protected in any roster that is still kept,
/// whatever release wrote it. Only a tenant without earlier nights begins with nothing.
/// </summary>
public sealed class MemoryRebuilding(BlobStorage blobs, RunStore runs)
{
    internal async Task<ProtectionMemory> RebuildAsync(string tenant, string run, ulong key, CancellationToken ct)
    {
        var memory = new ProtectionMemory(key, run: "");
        foreach (var earlier in (await runs.ListAsync(tenant, ct)).Where(name => name != run))
        {
            foreach (var id in await ProtectedTable.FindAsync(blobs, RosterPath.Roster(tenant, earlier), ct))
            {
                memory.Set(new Remembered(id, Day.From(RunId.DayOf(earlier)), MemoryReason.Records));
            }
        }

        return memory;
    }
}
