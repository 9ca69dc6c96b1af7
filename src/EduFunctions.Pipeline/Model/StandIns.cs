using System.Security.Cryptography;
using System.Text;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// Ids for marked records that have none that can be used: made of what else they say, so that they are remembered like anybody. Only within a pull; what is
/// remembered has another, with the tenant's key.
/// </summary>
internal static class StandIns
{
    /// <param name="identities">Hashes of civic numbers and logins; 0 for none.</param>
    /// <param name="values">What the record says of somebody, under no id.</param>
    public static void Add(SourceData rows, IEnumerable<ulong> identities, IEnumerable<PersonalValue> values)
    {
        var (hashes, known) = (identities.Where(hash => hash != 0).ToList(), values.Where(value => (value.Value + value.FamilyName).Trim().Length > 0).ToList());
        if (hashes.Count == 0 && known.Count == 0)
        {
            return;
        }

        var id = hashes.Count > 0 ? Of(hashes[0]) : Of($"{known[0].Kind} {known[0].Value} {known[0].FamilyName}");
        rows.StandIns.Add(id);
        rows.FurtherIdentities.Add(hashes.Select(hash => new FurtherIdentity(id, hash)).ToArray());
        rows.PersonalValues.AddRange(known.Select(value => value with { Person = id }));
    }

    /// <summary>Of a record of which nothing but a civic number or login is known.</summary>
    public static EntityId Of(ulong identity) => Of(BitConverter.GetBytes(identity));

    private static EntityId Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    private static EntityId Of(ReadOnlySpan<byte> what) => EntityId.OfHash(SHA256.HashData([.. "record without an id "u8, .. what]));
}
