using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Retention;

/// <summary>By what else than the id a target may know a person: civic number and login, as all rosters that are kept have them.</summary>
public sealed class PersonKeys(BlobStorage blobs, RosterStore rosters)
{
    private const int EndDigits = 4;

    public async Task<IReadOnlySet<string>> FindAsync(string tenant, EntityId person, CancellationToken ct)
    {
        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var blob in blobs.ListAsync(Containers.Rosters, $"{tenant}/", ct))
        {
            if (blob.Name.EndsWith("roster.bin", StringComparison.Ordinal) && await rosters.TryFindAsync(blob.Name, ct) is { } roster
                && Array.IndexOf(roster.PersonIds(), person) is >= 0 and var row)
            {
                var texts = roster.Persons[row].Texts;
                keys.UnionWith(Forms(Encoding.UTF8.GetString(roster[texts.CivicNumber])));
                keys.Add(Encoding.UTF8.GetString(roster[texts.PrincipalName]));
            }
        }

        keys.RemoveWhere(key => key.Length < PersonTrace.ShortestText);
        return keys;
    }

    /// <summary>As it is, and as targets write it: with and without century and hyphen.</summary>
    private static IEnumerable<string> Forms(string civicNumber) =>
        NumberForms.OfCivicNumber(civicNumber).SelectMany(form => new[] { form, $"{form[..^EndDigits]}-{form[^EndDigits..]}" }).Append(civicNumber);
}
