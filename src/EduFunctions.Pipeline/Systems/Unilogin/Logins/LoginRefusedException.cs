namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>No lookup for this login. The message tells the integrator why, without anything of the token.</summary>
/// <param name="status">401: another token may do. 403: not with this tenant or person. 503: it cannot be told now.</param>
public sealed class LoginRefusedException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
