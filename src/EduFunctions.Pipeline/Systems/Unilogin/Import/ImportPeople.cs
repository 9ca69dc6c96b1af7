using System.Collections;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>Persons of a roster as the import names them; what is missing is empty.</summary>
/// <param name="chosen">Who is in the feed; null while that is being chosen.</param>
internal sealed class ImportPeople(Roster roster, UniloginImportSettings settings, BitArray? chosen)
{
    private readonly int _context = settings.IdentifierContext is { } context ? roster.Vocabulary.IdentifierContexts.ToList().IndexOf(context) : -1;

    private readonly Grouping _identifiers = new(
        roster.Persons.Count, settings.IdentifierContext is null ? 0 : roster.Identifiers.Count, row => roster.Identifiers[row].Person);

    public string FirstName(int person) =>
        ImportText.Clean($"{Value(roster.Persons[person].Texts.GivenName)} {Value(roster.Persons[person].Texts.MiddleName)}");

    public string FamilyName(int person) => Cleaned(roster.Persons[person].Texts.FamilyName);

    public string CivicNumber(int person) => ImportText.CivicNumber(Value(roster.Persons[person].Texts.CivicNumber));

    public string Email(int person, ImportKind? kind)
    {
        ref readonly var row = ref roster.Persons[person];
        return ImportText.Email(Value(kind is null ? row.Texts.PrivateEmail : kind == ImportKind.Student ? row.Texts.StudentEmail : row.Texts.StaffEmail));
    }

    /// <summary>Whether there is enough of the person for the import.</summary>
    public bool HasName(int person) => chosen?[person] != false && FirstName(person).Length > 0 && FamilyName(person).Length > 0 && !IsTooLong(person);

    public bool IsTooLong(int person) => ImportText.IsTooLong(FirstName(person)) || ImportText.IsTooLong(FamilyName(person));

    /// <summary>Whether it is a protected student's stand-in, whom the import wants marked as such.</summary>
    public bool IsAlias(int person) => roster.Persons[person].IsAlias;

    public string LocalId(int person)
    {
        if (settings.IdentifierContext is null)
        {
            return roster.Persons[person].Id.ToString();
        }

        foreach (var row in _identifiers[person])
        {
            if (roster.Identifiers[row].Context == _context)
            {
                return Address(roster.Identifiers[row].Value);
            }
        }

        return "";
    }

    private string Address(Text text) => ImportText.Address(Value(text));

    private string Cleaned(Text text) => ImportText.Clean(Value(text));

    private string Value(Text text) => roster.Texts.ToString(text);
}
