using System.Collections;
using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>What stands in the columns of a person, empty for what Apple would not take: choosing asks the same values that are written.</summary>
internal sealed class AppleValues(Roster roster, AppleSettings settings)
{
    private static readonly byte[][] Years =
        [[], .. Enumerable.Range(0, sbyte.MaxValue).Select(year => Encoding.UTF8.GetBytes(year.ToString(CultureInfo.InvariantCulture)))];

    private readonly Grouping? _identifiers = settings.IdentifierContext is null
        ? null
        : new Grouping(roster.Persons.Count, roster.Identifiers.Count, row => roster.Identifiers[row].Person);

    /// <summary>Columns that a tenant may require, with their values.</summary>
    public ReadOnlySpan<byte> Of(string column, int row) => column switch
    {
        AppleFile.PersonNumber => PersonNumber(row),
        AppleFile.FirstName => FirstName(row),
        AppleFile.MiddleName => MiddleName(row),
        AppleFile.LastName => LastName(row),
        AppleFile.GradeLevel => GradeLevel(row),
        AppleFile.Email => Email(row),
        AppleFile.UserName => UserName(row),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "no column of a person"),
    };

    public ReadOnlySpan<byte> FirstName(int row) => AppleText.Clean(roster[Texts(row).GivenName]);

    public ReadOnlySpan<byte> MiddleName(int row) => AppleText.Optional(roster[Texts(row).MiddleName]);

    public ReadOnlySpan<byte> LastName(int row) => AppleText.Clean(roster[Texts(row).FamilyName]);

    public ReadOnlySpan<byte> GradeLevel(int row) => Years[roster.Persons[row].SchoolYear + 1];

    public ReadOnlySpan<byte> Email(int row) => AppleText.Email(roster[AppleRoles.Email(roster.Persons[row])]);

    public ReadOnlySpan<byte> UserName(int row) => AppleText.Address(roster[Texts(row).PrincipalName]);

    public ReadOnlySpan<byte> PersonNumber(int row) => AppleText.Address(
        settings.PersonNumber == AppleSettings.CivicNumber ? WithoutHyphen(roster[Texts(row).CivicNumber])
        : settings.IdentifierContext is { } context ? Identifier(row, context)
        : default);

    /// <summary>Whether the register has more for a column than may stand in it.</summary>
    public bool LosesValue(int row) =>
        Loses(roster[Texts(row).MiddleName], MiddleName(row)) || Loses(roster[AppleRoles.Email(roster.Persons[row])], Email(row))
        || Loses(roster[Texts(row).PrincipalName], UserName(row));

    /// <summary>By row of the persons: whose address somebody else has, as was settled, and of those who stay all the same. Apple knows no case.</summary>
    public BitArray WithoutAddress(FeedSelection selection)
    {
        var settled = selection.Contested ?? new BitArray(selection.Persons.Count);
        var excused = new UniqueTexts(roster, new Holders(selection.Values));
        excused.Settle(() => row => selection.Persons[row] && !settled[row] ? Email(row) : default);
        return excused.Contested.Or(settled);
    }

    private ref readonly PersonTexts Texts(int row) => ref roster.Persons[row].Texts;

    private static bool Loses(ReadOnlySpan<byte> value, ReadOnlySpan<byte> written) => written.IsEmpty && !value.IsEmpty && !AppleText.IsBlank(value);

    private ReadOnlySpan<byte> Identifier(int person, string context)
    {
        foreach (var row in _identifiers![person])
        {
            if (roster.Vocabulary.IdentifierContexts[roster.Identifiers[row].Context] == context)
            {
                return roster[roster.Identifiers[row].Value];
            }
        }

        return default;
    }

    private static ReadOnlySpan<byte> WithoutHyphen(ReadOnlySpan<byte> number) =>
        number.Contains((byte)'-') ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(number).Replace("-", "", StringComparison.Ordinal)) : number;
}
