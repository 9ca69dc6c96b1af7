using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>Gives marked records without a usable id one with the tenant's key: then they are marked persons like others, and are remembered.</summary>
internal static class StandInIds
{
    /// <summary>Before hashes of identities get the key.</summary>
    public static void Apply(SourceData data, ulong key)
    {
        // Where a source says no more of such a record than by what it is known.
        var described = data.FurtherIdentities.Rows.ToArray().Where(row => data.StandIns.Contains(row.Person)).Select(row => row.Hash).ToHashSet();
        foreach (var identity in data.MarkedIdentities.Rows.ToArray().Where(hash => hash != 0 && !described.Contains(hash)).Distinct())
        {
            data.StandIns.Add(StandIns.Of(identity));
            data.FurtherIdentities.Add(new FurtherIdentity(StandIns.Of(identity), identity));
        }

        if (data.StandIns.Count > 0)
        {
            Apply(data, data.StandIns.ToDictionary(id => id, id => EntityId.OfHash(HMACSHA256.HashData(BitConverter.GetBytes(key), MemoryMarshal.AsBytes([id])))));
        }
    }

    private static void Apply(SourceData data, Dictionary<EntityId, EntityId> keyed)
    {
        data.StandIns.Clear();
        data.StandIns.UnionWith(keyed.Values);
        data.ProtectedIds.UnionWith(keyed.Values);
        foreach (ref var further in data.FurtherIdentities.Rows)
        {
            further = further with { Person = keyed.GetValueOrDefault(further.Person, further.Person) };
        }

        foreach (ref var value in CollectionsMarshal.AsSpan(data.PersonalValues))
        {
            value = value with { Person = keyed.GetValueOrDefault(value.Person, value.Person) };
        }
    }
}
