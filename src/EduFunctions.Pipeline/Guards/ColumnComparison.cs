using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// Which columns of a row have other values now, or none. What was empty and is filled is no change to look at: newcomers often get mail and login days later.
/// </summary>
internal sealed class ColumnComparison(RosterDifference difference)
{
    private const int BirthDateDigits = 8;

    private readonly Roster _before = difference.Before.Roster;
    private readonly Roster _now = difference.Now.Roster;

    public IEnumerable<Moved> OfPerson(int rank)
    {
        var (was, becomes) = (difference.Persons.Before(rank), difference.Persons.Now(rank));
        var (a, b) = (_before.Persons[was].Texts, _now.Persons[becomes].Texts);
        var (given, family) = (Compare(a.GivenName, b.GivenName), Compare(a.FamilyName, b.FamilyName));
        var mail = CompareMail(difference.PersonRows[rank].Kind, a, b);
        var login = Compare(a.PrincipalName, b.PrincipalName);
        if (HasOtherOwner(a, b, given, login))
        {
            yield return Moved.ChangedOwner;
        }

        if (given != Value.Same || family != Value.Same)
        {
            yield return Moved.ChangedNames;
        }

        if (mail != Value.Same)
        {
            yield return Moved.ChangedMail;
        }

        if (login != Value.Same)
        {
            yield return Moved.ChangedLogin;
        }

        if (HasStrangeYear(_before.Persons[was].SchoolYear, _now.Persons[becomes].SchoolYear))
        {
            yield return Moved.ChangedYear;
        }

        if (LosesStudents(was, becomes))
        {
            yield return Moved.LostStudents;
        }
    }

    /// <summary>Whether two ids of one login or mail are of two people, as far as names, birth dates and the other of the two tell.</summary>
    /// <param name="was">By rank: who was there.</param>
    /// <param name="becomes">By rank: who is there.</param>
    public bool IsOtherPerson(int was, int becomes)
    {
        var (a, b) = (_before.Persons[difference.Persons.Before(was)].Texts, _now.Persons[difference.Persons.Now(becomes)].Texts);
        var mark = Compare(a.PrincipalName, b.PrincipalName) == Value.Other ? Value.Other : CompareMail(difference.PersonRows[was].Kind, a, b);
        return HasOtherOwner(a, b, Compare(a.GivenName, b.GivenName), mark) && !WordsOf(Word(_before, a.GivenName)).Overlaps(WordsOf(Word(_now, b.GivenName)));
    }

    public IEnumerable<Moved> OfSection(int rank)
    {
        var (was, becomes) = (difference.Sections.Before(rank), difference.Sections.Now(rank));
        if (Compare(_before.Sections[was].Name, _now.Sections[becomes].Name) != Value.Same)
        {
            yield return Moved.ChangedNames;
        }

        if (difference.Before.Teachers(was).Length > 0 && difference.Now.Teachers(becomes).Length == 0)
        {
            yield return Moved.LostTeachers;
        }
    }

    private Value CompareMail(RowKind kind, PersonTexts a, PersonTexts b) => kind switch
    {
        RowKind.Staff => Compare(a.StaffEmail, b.StaffEmail),
        RowKind.Students => Compare(a.StudentEmail, b.StudentEmail),
        _ => Compare(a.PrivateEmail, b.PrivateEmail),
    };

    private enum Value : byte
    {
        Same,
        Other,
        Empty,
    }

    private Value Compare(Text was, Text becomes)
    {
        var a = _before[was];
        var b = _now[becomes];
        return a.IsEmpty || a.SequenceEqual(b) ? Value.Same
            : b.IsEmpty ? Value.Empty
            : TextDamages.IsMended(a, b) ? Value.Same
            : Value.Other;
    }

    /// <summary>
    /// No word of the names is the same; or the given name is another, and so is the birth date, or the login: who marries keeps the given name, and who
    /// takes another one keeps the birth date.
    /// </summary>
    private bool HasOtherOwner(PersonTexts a, PersonTexts b, Value given, Value login)
    {
        if (given != Value.Other || IsSameWord(a.GivenName, b.GivenName))
        {
            return false;
        }

        var birth = BirthDate(_before[a.CivicNumber]);
        var birthNow = BirthDate(_now[b.CivicNumber]);
        var isBirthKnown = !birth.IsEmpty && !birthNow.IsEmpty;
        return isBirthKnown ? !birth.SequenceEqual(birthNow)
            : login == Value.Other || !Words(_before, a).Overlaps(Words(_now, b));
    }

    private bool IsSameWord(Text was, Text becomes) => Word(_before, was).Equals(Word(_now, becomes), StringComparison.OrdinalIgnoreCase);

    private static HashSet<string> Words(Roster roster, PersonTexts texts) =>
        WordsOf($"{Word(roster, texts.GivenName)} {Word(roster, texts.FamilyName)}");

    private static HashSet<string> WordsOf(string names) => names.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string Word(Roster roster, Text text) => Encoding.UTF8.GetString(roster[text]);

    private static ReadOnlySpan<byte> BirthDate(ReadOnlySpan<byte> civicNumber) => civicNumber.Length < BirthDateDigits ? default : civicNumber[..BirthDateDigits];

    /// <summary>Most are a year further in one night of August; in none of them do most have no year any more, or one they had long ago.</summary>
    private static bool HasStrangeYear(sbyte was, sbyte becomes) => was >= 0 && was != becomes && becomes != was + 1;

    /// <summary>Whether a student is still there whom the person is no longer linked to.</summary>
    private bool LosesStudents(int was, int becomes)
    {
        if (difference.Before.Guardianships(was).IsEmpty)
        {
            return false;
        }

        var students = difference.Now.Guardianships(becomes).ToArray().Select(pair => pair.Student).ToHashSet();
        foreach (var pair in difference.Before.Guardianships(was))
        {
            if (difference.Persons.Now(difference.Persons.RankBefore[pair.Student]) is >= 0 and var student && difference.Now.HasPerson(student) && !students.Contains(student))
            {
                return true;
            }
        }

        return false;
    }
}
