// In a bundle, in place of the SDK's chain of credential providers: Lambda gives a function its role in the environment.
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
