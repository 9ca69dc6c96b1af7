using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Schools and classes that Unikum has under a name that tells of somebody by now, called otherwise; there is no other way to make it forget a name.</summary>
internal sealed class NeutralObjects(FeedInput input)
{
    private const int ShortId = 8;

    private static readonly ObjectKind[] Named = [ObjectKind.School, ObjectKind.Class];
    private static readonly int Code = PrincipalFormat.School.UnitCode.Number - 1;

    /// <summary>What stays, and who is in it under a login or address that tells: they leave with the protected.</summary>
    /// <returns>The number of rows.</returns>
    public static int Write(FeedInput input, UnikumSettings settings, Leavers leavers, Stream file)
    {
        using var rows = new UnikumFile(file, settings);
        var neutral = new NeutralObjects(input);
        for (var known = KnownLines.Of(input.Before, ObjectDelta.KnownFile, ObjectDelta.KeyColumns); known.IsThere; known.Read())
        {
            if (KindOf(known) == ObjectKind.User && input.IsTelling(known.Row))
            {
                leavers.Add(known.Key[2..]);
            }
            else if (neutral.Applies(known))
            {
                rows.Write(neutral.RowOf(known));
            }
        }

        return rows.Count;
    }

    /// <summary>Not where its id tells, too: without that there is no saying which one it is.</summary>
    public bool Applies(KnownLines known) => Named.Contains(KindOf(known)) && input.IsTelling(known.Row) && !input.IsTelling(known.Key[2..]);

    /// <summary>The row with a name that says no more than which it is, and without a code that tells.</summary>
    public byte[] RowOf(KnownLines known)
    {
        var isSchool = KindOf(known) == ObjectKind.School;
        var columns = Encoding.UTF8.GetString(known.Row).Split('\t');
        columns[(isSchool ? PrincipalFormat.School.Name : PrincipalFormat.Class.Name).Number - 1] = NameOf(known.Key[2..], isSchool);
        if (isSchool && HasTellingCode(columns))
        {
            columns[Code] = CodeOf(known);
        }

        return Encoding.UTF8.GetBytes(string.Join('\t', columns));
    }

    /// <summary>The row of tonight of what Unikum has. Without a code it would leave Unikum the one that tells: an empty column says nothing.</summary>
    public ReadOnlySpan<byte> Over(KnownLines known, ReadOnlySpan<byte> row)
    {
        if (KindOf(known) != ObjectKind.School || !HasTellingCode(Encoding.UTF8.GetString(known.Row).Split('\t')))
        {
            return row;
        }

        var columns = Encoding.UTF8.GetString(row).Split('\t');
        columns[Code] = columns[Code].Length > 0 ? columns[Code] : CodeOf(known);
        return Encoding.UTF8.GetBytes(string.Join('\t', columns));
    }

    private bool HasTellingCode(string[] columns) => columns[Code].Length > 0 && input.IsTelling(Encoding.UTF8.GetBytes(columns[Code]));

    /// <summary>No more than which school it is.</summary>
    private static string CodeOf(KnownLines known) => Encoding.UTF8.GetString(known.Key[2..]) is var id && id.Length > ShortId ? id[..ShortId] : id;

    private string NameOf(ReadOnlySpan<byte> key, bool isSchool) =>
        !EntityId.TryFind(key, out var id) ? Encoding.UTF8.GetString(key) : isSchool ? input.Neutral.School(id) : input.Neutral.Group(id);

    private static ObjectKind KindOf(KnownLines known) => (ObjectKind)(known.Key[0] - '0');
}
