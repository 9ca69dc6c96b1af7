using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>Gives the hashes of a pull the key of the tenant's memory, so that both can be compared.</summary>
internal static class IdentityKeys
{
    public static void Apply(SourceData data, ulong key)
    {
        foreach (ref var person in data.Persons.Rows)
        {
            person.Identity = person.Identity.KeyedBy(key);
        }

        foreach (ref var further in data.FurtherIdentities.Rows)
        {
            further = further with { Hash = PersonIdentity.Keyed(further.Hash, key) };
        }

        foreach (ref var marked in data.MarkedIdentities.Rows)
        {
            marked = PersonIdentity.Keyed(marked, key);
        }
    }
}
