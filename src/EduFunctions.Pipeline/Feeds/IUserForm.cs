namespace EduFunctions.Pipeline.Feeds;

/// <summary>What a target takes whose users are students, staff and, where they come along, guardians. People are given by their row in the roster.</summary>
internal interface IUserForm
{
    /// <summary>The finding that says why there can be no such user; null when there can.</summary>
    string? Refusal(int row);

    /// <summary>The finding that says what of the user is left out; null when nothing is.</summary>
    string? Loss(int row);

    /// <summary>User names, for one thread.</summary>
    SharedTexts.Reader UserNames();

    /// <summary>Whether the name of a class or school is shortened.</summary>
    bool IsTooLong(ReadOnlySpan<byte> name);

    UserFindings Findings { get; }
}

/// <summary>Codes of what is found when users and classes are chosen together.</summary>
internal sealed record UserFindings(string UserNameTaken, string ClassNameMissing, string NameShortened);
