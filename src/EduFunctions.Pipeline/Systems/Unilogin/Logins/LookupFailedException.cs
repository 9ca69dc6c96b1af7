namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>A service did not answer as it should. The message names service, operation and cause, never a person.</summary>
public sealed class LookupFailedException(string message, Exception? inner = null) : Exception(message, inner);
