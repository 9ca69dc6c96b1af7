namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>What a call asks for beyond institutions, roles and groups. What nobody asks for is not looked up.</summary>
/// <param name="Contacts">Who answers for the person, and for whom the person answers.</param>
/// <param name="GroupSizes">How many belong to each of the person's groups.</param>
/// <param name="CivicNumber">The person's civic number.</param>
/// <param name="VerifyCivicNumber">A civic number of which the caller wants to know whether it is the person's.</param>
public sealed record LoginQuestion(bool Contacts = false, bool GroupSizes = false, bool CivicNumber = false, string? VerifyCivicNumber = null)
{
    internal bool TouchesCivicNumber => CivicNumber || VerifyCivicNumber is not null;

    // A record prints its values, and one of these must never be seen.
    public override string ToString() => nameof(LoginQuestion);
}
