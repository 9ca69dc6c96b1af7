using System.Buffers;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Of which rows that are gone nothing but the keys is told once more.</summary>
internal sealed class KeysOnly(LearnObject kind, Leavers leavers, FeedInput input)
{
    /// <summary>
    /// Whether somebody is in the row who must not be described once more, not even to be switched off: by the key, or by what was written in it when the
    /// person went by another key.
    /// </summary>
    public bool Applies(KnownRow gone)
    {
        foreach (var key in kind.PersonKeys)
        {
            if (leavers.Has(key == 0 ? gone.First : gone.Second))
            {
                return true;
            }
        }

        if ((kind.PersonValue is { } named && leavers.Has(gone.Value(named))) || input.IsTelling(gone.First) || input.IsTelling(gone.Second))
        {
            return true;
        }

        if (kind.PersonKeys.Count == 0 || !gone.HasValues || !input.IsTelling(Described(gone)))
        {
            return false;
        }

        if (kind == LearnObject.Person)
        {
            // Persons come first: by now it is known for all that refers to them.
            leavers.Add(gone.First);
        }

        return true;
    }

    /// <summary>Whether the row has the name of somebody protected, and is known to be of somebody else.</summary>
    public bool IsNamesake(KnownRow gone) => gone.HasValues && Described(gone) is var row && input.MayTell(row) && !input.IsTelling(row);

    /// <summary>The same of a row of which no more than the key counts.</summary>
    public bool AppliesToKey(KnownRow gone) => leavers.Has(gone.First);

    /// <summary>The values and somebody's own id: what else there is of a row that would name somebody protected is not told once more.</summary>
    private byte[] Described(KnownRow gone)
    {
        var row = new ArrayBufferWriter<byte>();
        if (kind == LearnObject.Person)
        {
            row.Write(OpaqueKey.Is(gone.First) ? default : gone.First);
            row.Write("\t"u8);
        }

        foreach (var column in kind.Values.Where(column => LearnObject.Columns.KindOf(column.Name) != PartKind.Own))
        {
            var value = gone.Value(column.Name);
            row.Write(LearnObject.Columns.KindOf(column.Name) == PartKind.Key && OpaqueKey.Is(value) ? default : value);
            row.Write("\t"u8);
        }

        return row.WrittenSpan.ToArray();
    }
}
