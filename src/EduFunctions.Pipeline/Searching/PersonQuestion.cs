using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Searching;

/// <summary>
/// What somebody knows of a person: a civic number, a login or an address of mail, or a name; spelled as people spell it. A name is found by whole words, in any
/// order. Pure.
/// </summary>
internal sealed class PersonQuestion
{
    private const int MostLetters = 200;
    private const int FewestLetters = 2;
    private const int FewestDigits = 9;

    private static readonly PersonText[] Names = [PersonText.GivenName, PersonText.MiddleName, PersonText.FamilyName];
    private static readonly PersonText[] Addresses = [PersonText.PrincipalName, PersonText.StudentEmail, PersonText.StaffEmail, PersonText.PrivateEmail];

    private readonly TextFold _fold = new();
    private readonly HashSet<EntityId> _further;
    private readonly SourceData _data;
    private readonly ulong _number;
    private readonly ulong _login;
    private readonly string[] _words;

    /// <param name="data">The pull that is searched.</param>
    public PersonQuestion(string text, SourceData data)
    {
        _data = data;
        var utf8 = Encoding.UTF8.GetBytes(text.Trim());
        _number = IsNumber(text) ? PersonIdentity.OfCivicNumber(utf8) : 0;
        _login = _number == 0 ? PersonIdentity.OfLogin(utf8) : 0;
        _words = _number == 0 ? Words(utf8) : [];
        _further = [.. data.FurtherIdentities.Rows.ToArray().Where(further => Is(further.Hash)).Select(further => further.Person)];
    }

    /// <summary>Whether anybody could be meant by it.</summary>
    public static bool IsQuestion(string text) => text.Length <= MostLetters && text.Count(char.IsLetterOrDigit) >= FewestLetters;

    /// <summary>Whether others may be called the same: a number or an address is one person's.</summary>
    public static bool IsName(string text) => IsQuestion(text) && !IsNumber(text) && !text.Contains('@', StringComparison.Ordinal);

    public bool IsAnsweredBy(int row)
    {
        ref readonly var person = ref _data.Persons[row];
        return Is(person.Identity.CivicNumber) || Is(person.Identity.Login) || _further.Contains(_data.Persons.Id(row)) || HasAddress(person.Texts) || HasName(person.Texts);
    }

    private static bool IsNumber(string text) => text.Count(char.IsDigit) >= FewestDigits && !text.Contains('@', StringComparison.Ordinal);

    private bool Is(ulong hash) => hash != 0 && (hash == _number || hash == _login);

    private bool HasAddress(PersonTexts texts)
    {
        foreach (var text in Addresses)
        {
            if (_login != 0 && _data.Texts[texts[text]] is { IsEmpty: false } address && PersonIdentity.OfLogin(address) == _login)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasName(PersonTexts texts)
    {
        if (_words.Length == 0)
        {
            return false;
        }

        var names = Names.SelectMany(name => Words(_data.Texts[texts[name]])).ToHashSet(StringComparer.Ordinal);
        return Array.TrueForAll(_words, names.Contains);
    }

    /// <summary>Without accents and case, since nobody remembers those.</summary>
    private string[] Words(ReadOnlySpan<byte> utf8) => string
        .Concat(Encoding.UTF8.GetString(_fold.Fold(utf8)).ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' '))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
