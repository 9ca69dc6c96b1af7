using System.Buffers;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Of which rows that are gone nothing but the keys is told once more.</summary>
/// <param name="isTellingLogin">Whether the login that somebody has there names somebody protected.</param>
internal sealed class KeysOnly(LearnObject kind, Leavers leavers, RowTest isTelling, RowTest isTellingLogin)
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

        if ((kind.PersonValue is { } named && leavers.Has(gone.Value(named))) || isTelling(gone.First) || isTelling(gone.Second))
        {
            return true;
        }

        if (kind.PersonKeys.Count == 0 || !gone.HasValues || !(IsTelling(gone) || (kind == LearnObject.Person && isTellingLogin(gone.Value(LearnObject.UserId)))))
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

    /// <summary>Whether the values, or somebody's own id, would name somebody protected: what else there is of the row then is not told once more.</summary>
    private bool IsTelling(KnownRow gone)
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

        return isTelling(row.WrittenSpan);
    }
}
