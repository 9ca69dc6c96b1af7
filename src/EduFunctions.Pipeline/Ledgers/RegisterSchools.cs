using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>What schools are called in the register's stored answers: also those that are left out themselves, and so stand in no roster.</summary>
public sealed class RegisterSchools(BlobStorage blobs, Catalog<ISource> sources)
{
    /// <param name="wanted">Ids; nothing is read for none.</param>
    /// <returns>By id; without those of which nothing is kept. Nobody has looked yet whether a name tells of somebody.</returns>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(string tenant, string run, IReadOnlyCollection<string> wanted, CancellationToken ct)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            if (wanted.Count == 0 || await Snapshot.FindAsync(blobs, tenant, run, ct) is not { } pull)
            {
                return names;
            }

            var data = await sources[pull.Manifest.Source].ReadUnitsAsync(pull, ct);
            foreach (var text in wanted)
            {
                if (EntityId.TryFind(text, out var id) && data.Units.Find(id) is >= 0 and var row)
                {
                    names[text] = data.Texts.ToString(data.Units[row].Name);
                }
            }
        }
        catch (Exception e) when (e is RunHeldException or BlobTroubleException || RosterStore.IsUnreadable(e))
        {
            // Ids say enough, and nobody is kept from what is told by them.
        }

        return names;
    }
}
