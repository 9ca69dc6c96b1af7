using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>
/// By what two users are known to be one human: civic number, master identifier, identifiers, user name, and the address of mail of pupils and staff. The form has
/// no column for the civic number; senders put it into one of the identifiers.
/// </summary>
internal static class UserIdentity
{
    /// <param name="hasOwnEmail">False where families share addresses.</param>
    /// <returns>The day of birth that a civic number says; 0 for none.</returns>
    public static int AddTo(IdentityDraft draft, RowReader row, bool hasOwnEmail)
    {
        var (identifiers, birth) = (Identifiers(name => row[name]), 0);
        foreach (var number in CivicNumbers(name => row[name]))
        {
            draft.AddCivicNumber(Encoding.UTF8.GetBytes(number));
            birth = birth == 0 ? BirthDate.OfCivicNumber(Encoding.UTF8.GetBytes(number)) : birth;
        }

        draft.AddNumber(PersonIdentity.OfIdentifier(identifiers[0].Kind, identifiers[0].Value));
        draft.AddLogin(Encoding.UTF8.GetBytes(row["username"]));
        if (hasOwnEmail)
        {
            draft.AddLogin(Encoding.UTF8.GetBytes(row["email"]));
        }

        foreach (var (kind, value) in identifiers[1..])
        {
            draft.AddFurther(PersonIdentity.OfIdentifier(kind, value));
        }

        return birth;
    }

    /// <param name="field">The value of a column.</param>
    public static IEnumerable<string> CivicNumbers(Func<string, string> field) =>
        Identifiers(field).Select(identifier => identifier.Value).Where(value => PersonIdentity.IsDated(Encoding.UTF8.GetBytes(value)));

    private static (string Kind, string Value)[] Identifiers(Func<string, string> field) =>
        [("master", field("userMasterIdentifier")), ("identifier", field("identifier")), .. UserIds.Of(field("userIds")).Select(id => ($"userId {id.Type}", id.Value))];
}

/// <summary>The column <c>userIds</c>: <c>{type:id},{type:id}</c>.</summary>
internal static class UserIds
{
    private const char Separator = ':';

    public static IEnumerable<(string Type, string Value)> Of(string column) => CsvValue.List(column)
        .Select(entry => entry.Trim('{', '}').Split(Separator, 2))
        .Where(entry => entry is [_, { Length: > 0 }])
        .Select(entry => (entry[0], entry[1]));
}
